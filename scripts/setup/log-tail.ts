import { existsSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

const MAX_BYTES = 16_384;

/** The last lines that a log got since it had this size, for an error message. */
export async function lastLines(file: string, count = 15, sinceByte = 0): Promise<string> {
  if (!existsSync(file)) return '';
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(sinceByte, size - MAX_BYTES);
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.max(0, size - start)),
      0,
      Math.max(0, size - start),
      start,
    );
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-count).join('\n');
  } finally {
    await handle.close();
  }
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
