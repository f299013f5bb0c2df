import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a file under another name until it is whole: half a file is never taken for one.
 *
 * @param mode who may read it
 */
export async function writeWhole(
  chunks: AsyncIterable<string> | Iterable<string>,
  file: string,
  mode: number,
): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await pipeline(chunks, createWriteStream(unfinished, { mode }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
