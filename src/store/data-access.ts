import { sql } from 'kysely';
import type { ApplicationId, ConsentId } from '../domain/ids';
import { withNeighbours } from './authorizations';
import type { Database } from './database';
import { isUsable } from './grants';

export type DataAccessRow = Awaited<ReturnType<typeof findDataAccess>> & object;

/**
 * All that decides whether an application may read data with a consent, and with what, in one round trip: the trip to the bank that
 * its grant in use is from.
 *
 * @returns undefined where there is no such grant, or no such consent of this application
 */
export function findDataAccess(database: Database, consentId: ConsentId, applicationId: ApplicationId) {
  return withNeighbours(database)
    .whereRef('consents.granted_by', '=', 'authorizations.id')
    .select(['consents.granted', isUsable.as('is_usable'), isPastItsDate.as('is_past_its_date')])
    .where('consents.id', '=', consentId)
    .where('consents.application_id', '=', applicationId)
    .executeTakeFirst();
}

/** How a consent stands for which nobody has a grant. */
export function findStanding(database: Database, consentId: ConsentId, applicationId: ApplicationId) {
  return database
    .selectFrom('consents')
    .select(['status', 'revocation_requested_at', isPastItsDate.as('is_past_its_date')])
    .where('id', '=', consentId)
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
}

const isPastItsDate = sql<boolean>`coalesce(consents.expires_at <= now(), false)`;
