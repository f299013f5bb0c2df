import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import type { Cursor } from './housekeeping';

/** Nobody has to tell a bank anything any more: what is left of the consent's secrets serves nothing. */
const NOTHING_TO_TELL = sql<boolean>`(consents.bank_ending IS NULL OR consents.bank_ending = 'done')`;

/**
 * Ended consents that still have tokens although the bank need not be told of anything, in order of their end. A consent that
 * ended today may have a step under way.
 */
export async function listEndedWithTokens(database: Database, { at, id }: Cursor, limit: number): Promise<Cursor[]> {
  const rows = await database
    .selectFrom('consents')
    .select(['id', 'ended_at'])
    .where('purged_at', 'is', null)
    .where('ended_at', '<', sql<Date>`now() - interval '1 day'`)
    .where(NOTHING_TO_TELL)
    .where(sql<boolean>`EXISTS (SELECT 1 FROM grants WHERE consent_id = consents.id AND tokens_jwe IS NOT NULL)`)
    .where(sql<boolean>`(date_trunc('milliseconds', ended_at), id) > (${at}, ${id})`)
    .orderBy(sql`date_trunc('milliseconds', ended_at)`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, at: row.ended_at ?? at }));
}

/** Looks once more, since the consent was listed: somebody may have begun to tell the bank. */
export async function destroyTokensOfEnded(database: Database, id: ConsentId): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .from('consents')
    .set({ tokens_jwe: null, refresh_response_jwe: null, destroyed_at: sql`coalesce(grants.destroyed_at, now())` })
    .whereRef('consents.id', '=', 'grants.consent_id')
    .where('grants.consent_id', '=', id)
    .where('grants.tokens_jwe', 'is not', null)
    .where('consents.ended_at', 'is not', null)
    .where(NOTHING_TO_TELL)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Every step that `EndingSteps` has: one that is missing has still to be done. */
const EVERY_STEP = sql`array['consent', 'grant', 'refreshToken', 'accessToken']`;

/** Tokens of grants that another one followed, that were ended at the bank in every way, and that should be gone for a week. */
export async function destroySupersededTokens(database: Database, limit: number): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .set({ tokens_jwe: null, refresh_response_jwe: null, destroyed_at: sql`coalesce(destroyed_at, now())` })
    .where('authorization_id', 'in', (query) =>
      query
        .selectFrom('grants')
        .select('authorization_id')
        .where('tokens_jwe', 'is not', null)
        .where('superseded_at', '<', sql<Date>`now() - interval '7 days'`)
        .where(sql<boolean>`ending ?& ${EVERY_STEP}`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * Answers of banks that were put away and never judged, and secrets of trips, on consents that ended a week ago. A bank that must
 * still be told needs them: the newest refresh token may be in one.
 *
 * @returns how many rows had some
 */
export async function destroyOldCustody(database: Database, limit: number): Promise<number> {
  const ended = sql<boolean>`consents.ended_at < now() - interval '7 days'`;
  const refreshes = await database
    .updateTable('grants')
    .set({ refresh_response_jwe: null })
    .where('authorization_id', 'in', (query) =>
      query
        .selectFrom('grants')
        .innerJoin('consents', 'consents.id', 'grants.consent_id')
        .select('grants.authorization_id')
        .where('consents.purged_at', 'is', null)
        .where(ended)
        .where(NOTHING_TO_TELL)
        .where('refresh_response_jwe', 'is not', null)
        .limit(limit),
    )
    .executeTakeFirst();
  const trips = await database
    .updateTable('authorizations')
    .set({ token_response_jwe: null, secrets_jwe: null })
    .where('id', 'in', (query) =>
      query
        .selectFrom('authorizations')
        .innerJoin('consents', 'consents.id', 'authorizations.consent_id')
        .select('authorizations.id')
        .where('consents.purged_at', 'is', null)
        .where(ended)
        .where(NOTHING_TO_TELL)
        .where((where) => where.or([where('token_response_jwe', 'is not', null), where('secrets_jwe', 'is not', null)]))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(refreshes.numUpdatedRows) + Number(trips.numUpdatedRows);
}

/** Secrets of trips from which nobody came back within a day: no code lives that long. */
export async function destroyIdleTrips(database: Database, limit: number): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('authorizations')
    .set({ secrets_jwe: null })
    .where('id', 'in', (query) =>
      query
        .selectFrom('authorizations')
        .select('id')
        .where('secrets_jwe', 'is not', null)
        .where('token_response_jwe', 'is', null)
        .where('exchange_started_at', 'is', null)
        .where('created_at', '<', sql<Date>`now() - interval '1 day'`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
