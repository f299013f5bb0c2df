import { readFileSync } from 'node:fs';
import type { Database } from '../store/database';
import { saveInstitution } from '../store/institutions';
import { parseInstitutionsFile } from './profile';

/**
 * Brings the institutions of a file into the database; what the file does not name stays as it is.
 *
 * @throws {Error} naming the file and every fault in it
 */
export async function loadInstitutionsFile(database: Database, path: string | undefined): Promise<readonly string[]> {
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
