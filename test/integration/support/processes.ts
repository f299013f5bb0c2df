import { readdir, readFile } from 'node:fs/promises';

/** Command lines and titles of every process that can be looked at, our own servers and this test among them. */
export async function commandLines(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(
    ids.flatMap((id) =>
      // One that has ended meanwhile has nothing to show.
      ['cmdline', 'comm'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
    ),
  );
  return texts.map((text) => text.replaceAll('\0', ' ')).filter((text) => text !== '');
}
