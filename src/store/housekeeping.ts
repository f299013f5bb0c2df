import { sql } from 'kysely';
import { hasEnded, type ConsentState, type ConsentStatus } from '../domain/consent';
import type { ConsentId } from '../domain/ids';
import { stateColumns } from './consents';
import type { Database } from './database';

/** Where a walk over rows in order of time and id has come to. */
export interface Cursor {
  /** To the millisecond, as JavaScript knows it: PostgreSQL is asked in milliseconds too, or rows would come twice. */
  readonly at: Date;
  readonly id: ConsentId;
}

/** Before everything: what a walk starts from. */
export const START: Cursor = { at: new Date(0), id: '' as ConsentId };

/** Its own workflow purges a consent at the very instant; one that is an hour late does not. */
const OVERDUE = sql<Date>`now() - interval '1 hour'`;

/** Consents whose personal data should be gone, in order of the instant. */
export async function listOverduePurges(database: Database, { at, id }: Cursor, limit: number): Promise<Cursor[]> {
  const rows = await database
    .selectFrom('consents')
    .select(['id', 'purge_due_at'])
    .where('purged_at', 'is', null)
    .where('purge_due_at', '<', OVERDUE)
    .where(sql<boolean>`(date_trunc('milliseconds', purge_due_at), id) > (${at}, ${id})`)
    .orderBy(sql`date_trunc('milliseconds', purge_due_at)`)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, at: row.purge_due_at ?? START.at }));
}

/**
 * Dates the purge of consents that ended before this version did so.
 *
 * @returns how many
 */
export async function datePurges(
  database: Database,
  personalDataRetentionDays: number,
  limit: number,
): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('consents')
    .set({ purge_due_at: sql<Date>`ended_at + make_interval(days => ${personalDataRetentionDays})` })
    .where('id', 'in', (query) =>
      query
        .selectFrom('consents')
        .select('id')
        .where('purged_at', 'is', null)
        .where('purge_due_at', 'is', null)
        // One that has just ended may be about to be dated by its own workflow.
        .where('ended_at', '<', sql<Date>`now() - interval '1 day'`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** A little less than a day, so that an hourly walk looks at every consent at least once a day. */
const LOOK_AGAIN = sql<Date>`now() - interval '20 hours'`;
const LAST_SEEN = sql<Date>`coalesce(workflow_seen_at, workflow_started_at)`;

export interface Unseen {
  readonly id: ConsentId;
  readonly status: ConsentStatus;
}

/** Consents that should have a workflow which nobody has seen for a day. One that never was started is the API's own affair. */
export function listUnseen(database: Database, limit: number): Promise<Unseen[]> {
  return database
    .selectFrom('consents')
    .select(['id', 'status'])
    .where('purged_at', 'is', null)
    .where('workflow_started_at', 'is not', null)
    .where(LAST_SEEN, '<', LOOK_AGAIN)
    .orderBy(LAST_SEEN)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function markSeen(database: Database, ids: readonly ConsentId[]): Promise<void> {
  if (ids.length === 0) return;
  await database
    .updateTable('consents')
    .set({ workflow_seen_at: sql`now()` })
    .where(isOneOf(ids))
    .execute();
}

/** Puts off the next look for an hour: what stands in the way of this one must not stand in the way of all others. */
export async function lookAgainSoon(database: Database, id: ConsentId): Promise<void> {
  await database
    .updateTable('consents')
    .set({ workflow_seen_at: sql`now() - interval '19 hours'` })
    .where('id', '=', id)
    .execute();
}

/**
 * Which of these consents there are. Notes on the way that their workflows were seen, at most twice a day: a row that is written
 * every hour for nothing costs more than it tells.
 */
export async function findKnown(database: Database, ids: readonly ConsentId[]): Promise<ReadonlySet<ConsentId>> {
  if (ids.length === 0) return new Set();
  const rows = await database
    .selectFrom('consents')
    .select(['id', sql<boolean>`${LAST_SEEN} IS NULL OR ${LAST_SEEN} < now() - interval '12 hours'`.as('is_stale')])
    .where(isOneOf(ids))
    .execute();
  await markSeen(
    database,
    rows.filter(({ is_stale: isStale }) => isStale).map(({ id }) => id),
  );
  return new Set(rows.map(({ id }) => id));
}

/** One parameter for any number of ids: every other number would be a prepared statement of its own. */
function isOneOf(ids: readonly ConsentId[]) {
  return sql<boolean>`id = ANY(${ids})`;
}

/**
 * Ends a consent whose row lags behind its workflow. Its tokens go with it: the workflow that would have used them is over, and
 * told the bank before it was.
 */
export async function endLagging(database: Database, id: ConsentId, from: ConsentStatus, state: ConsentState) {
  if (!hasEnded(state.status)) throw new Error('only an end is caught up with');
  return database.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('consents')
      .set({ ...stateColumns(state), ended_at: sql`coalesce(ended_at, now())` })
      .where('id', '=', id)
      .where('status', '=', from)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await destroyTokens(transaction, id);
    await transaction
      .updateTable('authorizations')
      .set({ secrets_jwe: null, token_response_jwe: null })
      .where('consent_id', '=', id)
      .execute();
    return true;
  });
}

/** @returns how many grants had tokens */
export async function destroyTokens(database: Database, id: ConsentId): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('grants')
    .set({ tokens_jwe: null, refresh_response_jwe: null, destroyed_at: sql`coalesce(destroyed_at, now())` })
    .where('consent_id', '=', id)
    .where('tokens_jwe', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
