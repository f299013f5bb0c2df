import { ConsentFailure } from '../domain/failures';
import type { InstitutionId } from '../domain/ids';
import type { Database } from '../store/database';
import { setPaused, type StoredInstitution } from '../store/institutions';

/** An institution as operators see it. */
export function institutionView(institution: StoredInstitution) {
  const { profile, readiness, paused_at: since, paused_reason: reason } = institution;
  return {
    id: profile.id,
    name: profile.name,
    readiness,
    ...(since && { paused: { since: since.toISOString(), ...(reason !== null && { reason }) } }),
  };
}

/**
 * From now on new work there waits; nothing fails.
 *
 * @throws {ConsentFailure} institution_unknown
 */
export function pauseInstitution(database: Database, id: InstitutionId, reason: string | undefined) {
  return known(setPaused(database, id, { reason }));
}

/** @throws {ConsentFailure} institution_unknown */
export function openInstitution(database: Database, id: InstitutionId) {
  return known(setPaused(database, id, undefined));
}

async function known(changed: Promise<StoredInstitution | undefined>): Promise<StoredInstitution> {
  const institution = await changed;
  if (!institution) throw new ConsentFailure('institution_unknown');
  return institution;
}
