import { readFileSync, statSync } from 'node:fs';
import { parseKeyRing, type KeyRing } from './key-ring';

const OTHERS = 0o077;

/**
 * A key ring in a file: one entry a line or separated by commas, as in `VAULT_KEYS`. Read once, at the start.
 *
 * @throws {Error} when it cannot be read, others can read it, or it holds no key ring. Never quotes the file
 */
export function readKeyRingFile(file: string): KeyRing {
  let text: string;
  try {
    if ((statSync(file).mode & OTHERS) !== 0) throw new Refused('others can read the file: chmod 600');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Error(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, {
      cause: error,
    });
  }
  return parseKeyRing(
    text
      .trim()
      .split(/\s*[,\n]\s*/)
      .join(','),
  );
}

class Refused extends Error {}
