import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** The first of these programs that the given PATH has, with its full path. */
export async function findOnPath(names: string[], searchPath = process.env['PATH'] ?? ''): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names) {
    for (const directory of searchPath.split(path.delimiter).filter(Boolean)) {
      const candidate = path.join(directory, name + suffix);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
