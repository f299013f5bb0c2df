import { canInstallWithApt, installWithApt } from './apt';
import { MissingPartError, reasonOf, tellNobody, type Tell } from './missing-part';
import { findOnPath } from './search-path';

/** Programs of a Debian package, which other systems have under the same names. */
export interface DebianPrograms {
  /** What people call it. */
  readonly name: string;
  readonly programs: readonly string[];
  readonly packageName: string;
}

/**
 * Finds them on PATH, or installs them where that is allowed.
 *
 * @throws {MissingPartError} saying what was tried and how to get them
 */
export async function findPrograms(wanted: DebianPrograms, tell: Tell = tellNobody): Promise<void> {
  const { name, programs, packageName } = wanted;
  if (await areThere(programs)) return;
  const attempts = [`PATH: no ${programs.join(' and ')}`];
  if (await canInstallWithApt()) {
    try {
      await installWithApt(packageName, tell);
      if (await areThere(programs)) return;
    } catch (error) {
      attempts.push(`apt-get: ${reasonOf(error)}`);
    }
  } else {
    attempts.push('apt-get: not here, or not root');
  }
  throw new MissingPartError(name, attempts, `Install it (Debian: apt-get install ${packageName}).`);
}

async function areThere(programs: readonly string[]): Promise<boolean> {
  const found = await Promise.all(programs.map((name) => findOnPath([name])));
  return found.every((place) => place !== undefined);
}
