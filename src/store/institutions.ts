import { sql } from 'kysely';
import type { InstitutionId } from '../domain/ids';
import type { InstitutionProfile } from '../domain/institution';
import type { Database } from './database';

export interface StoredInstitution {
  readonly profile: InstitutionProfile;
  /** Goes up with every change of the profile. */
  readonly revision: number;
}

/** Adds or replaces an institution. A profile that says nothing new keeps its revision. */
export async function saveInstitution(database: Database, profile: InstitutionProfile): Promise<void> {
  const document = JSON.stringify(profile);
  await database
    .insertInto('institutions')
    .values({ id: profile.id, profile: document })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ profile: document, revision: sql`institutions.revision + 1`, updated_at: sql`now()` })
        .where(sql<boolean>`institutions.profile IS DISTINCT FROM ${document}::jsonb`),
    )
    .execute();
}

export async function listInstitutions(database: Database): Promise<readonly StoredInstitution[]> {
  return database.selectFrom('institutions').select(['profile', 'revision']).orderBy('id').execute();
}

export async function findInstitution(database: Database, id: InstitutionId): Promise<StoredInstitution | undefined> {
  return database.selectFrom('institutions').select(['profile', 'revision']).where('id', '=', id).executeTakeFirst();
}
