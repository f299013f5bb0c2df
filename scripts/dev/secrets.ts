import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The product's keys as its environment wants them: `<key id>:<32 bytes in base64url>`, the current one first. */
export interface Secrets {
  VAULT_KEYS: string;
  PAYLOAD_KEYS: string;
}

const NAMES = ['VAULT_KEYS', 'PAYLOAD_KEYS'] as const;

/** Made once for each data directory: whoever lost them could read neither the database nor the histories beside them. */
export async function ensureSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'keys.env');
  const kept = existsSync(file) ? parse(await readFile(file, 'utf8')) : {};
  const secrets = Object.fromEntries(NAMES.map((name) => [name, kept[name] ?? freshKey()])) as unknown as Secrets;
  if (NAMES.some((name) => kept[name] === undefined)) {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, NAMES.map((name) => `${name}=${secrets[name]}\n`).join(''), { mode: 0o600 });
  }
  return secrets;
}

function freshKey(): string {
  return `dev-1:${randomBytes(32).toString('base64url')}`;
}

function parse(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
