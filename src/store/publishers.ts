import { sql } from 'kysely';
import type { Database } from './database';
import type { StoredInstitution } from './institutions';

/** An institution as far as it can publish to us. */
export type PublishingInstitution = Pick<StoredInstitution, 'profile' | 'revision'>;

/** Those that stand for an issuer, withdrawn ones too: their consents go on. */
export function findInstitutionsByIssuer(
  database: Database,
  issuer: string,
): Promise<readonly PublishingInstitution[]> {
  return database
    .selectFrom('institutions')
    .select(['profile', 'revision'])
    .where(sql`profile->>'issuer'`, '=', issuer)
    .orderBy('id')
    .execute();
}

/** Those that publish with a certificate of this thumbprint (`x5t#S256`). */
export function findInstitutionsByCertificate(
  database: Database,
  thumbprint: string,
): Promise<readonly PublishingInstitution[]> {
  return database
    .selectFrom('institutions')
    .select(['profile', 'revision'])
    .where(sql<boolean>`profile->'notifications'->'certificateThumbprints' ? ${thumbprint}`)
    .orderBy('id')
    .execute();
}
