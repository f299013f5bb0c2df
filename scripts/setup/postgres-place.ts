import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, lstat, mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Tell } from './missing-part';
import { canEnter, type Account } from './postgres-account';
import { repositoryRoot } from './repository';

export interface PostgresPlace {
  binaries: string;
  dataDir: string;
}

/**
 * Where the binaries and the data can be reached by the account that runs them. A clone under /root is closed to it:
 * then both move to a folder of their own under the temporary directory, the same one at each start.
 */
export async function reachablePlace(
  binaries: string,
  dataDir: string,
  account: Account,
  tell: Tell,
): Promise<PostgresPlace> {
  await makePrivate(dataDir, account);
  const place = { binaries, dataDir };
  if (!(await canEnter(dataDir, account))) {
    place.dataDir = path.join(await shelter(account), createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
    tell(`PostgreSQL cannot enter ${path.dirname(dataDir)} as its own user, its data goes to ${place.dataDir}`);
    await makePrivate(place.dataDir, account);
  }
  if (!(await canEnter(path.join(binaries, 'bin'), account)))
    place.binaries = await copyBinaries(binaries, await shelter(account));
  return place;
}

/** Under /tmp anybody may make folders, so ours is used only when it is truly ours. */
async function shelter(account: Account): Promise<string> {
  const key = createHash('sha256').update(repositoryRoot).digest('hex').slice(0, 12);
  const directory = path.join(os.tmpdir(), `fdx-consent-${key}`);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const status = await lstat(directory);
  const owners = [process.getuid?.(), account.uid];
  if (!status.isDirectory() || !owners.includes(status.uid))
    throw new Error(`${directory} belongs to somebody else: remove it or set DATABASE_URL`);
  return directory;
}

async function copyBinaries(from: string, parent: string): Promise<string> {
  // The platform package's version is in its folder's parent; a new one must not run on old binaries.
  const { version } = JSON.parse(await readFile(path.join(from, '..', 'package.json'), 'utf8')) as { version: string };
  const to = path.join(parent, `postgres-${version}`);
  if (!existsSync(path.join(to, 'bin', 'postgres'))) await cp(from, to, { recursive: true, verbatimSymlinks: true });
  return to;
}

/** Only the last folder is private: a mode given to a recursive mkdir would close its parents too. */
async function makePrivate(directory: string, { uid, gid }: Account): Promise<void> {
  await mkdir(path.dirname(directory), { recursive: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (uid !== undefined && gid !== undefined) await chown(directory, uid, gid);
}
