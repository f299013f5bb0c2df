import { readFileSync } from 'node:fs';
import type { Database } from '../store/database';
import { listInstitutions, saveInstitution } from '../store/institutions';
import { parseInstitutionProfile, parseInstitutionsFile } from './profile';

/**
 * Rewrites stored profiles of an earlier version as this one reads them: what has become a field has its default. One that is no
 * longer valid stays as it is and is told by its check.
 */
async function renewStoredProfiles(database: Database): Promise<void> {
  for (const { profile } of await listInstitutions(database)) {
    const renewed = parseInstitutionProfile(profile);
    if (!('faults' in renewed)) await saveInstitution(database, renewed);
  }
}

/**
 * Brings the institutions of a file into the database; what the file does not name stays as it is.
 *
 * @throws {Error} naming the file and every fault in it
 */
export async function loadInstitutionsFile(database: Database, path: string | undefined): Promise<readonly string[]> {
  await renewStoredProfiles(database);
  if (path === undefined) return [];
  const profiles = parse(path);
  for (const profile of profiles) await saveInstitution(database, profile);
  return profiles.map((profile) => profile.id);
}

function parse(path: string) {
  try {
    return parseInstitutionsFile(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}
