import { run } from './command';
import type { Tell } from './missing-part';
import { findOnPath } from './search-path';

let listsAreFresh = false;

/** Whether this process may install Debian packages: root, and apt-get is there. */
export async function canInstallWithApt(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findOnPath(['apt-get'])) !== undefined;
}

export async function installWithApt(packageName: string, tell: Tell): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Minutes, not seconds: a slow mirror is not a failure, a hung one must not hold CI for ever.
  const options = { env, withinMs: 10 * 60_000 };
  if (!listsAreFresh) {
    tell('apt-get update');
    await run('apt-get', ['update', '-q'], options);
    listsAreFresh = true;
  }
  tell(`apt-get install ${packageName}`);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', packageName], options);
}
