import { sql } from 'kysely';
import type { Database } from './database';

/** Work that should have been done by now, by count. Each is done by itself in seconds when everything runs. */
export interface Overdue {
  readonly workflowsNotStarted: number;
  readonly revocationsUndelivered: number;
  readonly notificationsUntold: number;
  /** Active consents whose time is over. */
  readonly expiriesMissed: number;
  /** Personal data that should be gone, of consents that no hold protects. */
  readonly purges: number;
}

/** What the sweeps of the API and the workflows themselves make good within a minute. */
const SOON = sql`now() - interval '5 minutes'`;
/** Housekeeping comes every hour. */
const LATER = sql`now() - interval '2 hours'`;

export async function countOverdue(database: Database): Promise<Overdue> {
  const { rows } = await sql<Record<keyof Overdue, number>>`SELECT
    (SELECT count(*)::int FROM consents WHERE workflow_started_at IS NULL AND created_at < ${SOON}) AS "workflowsNotStarted",
    (SELECT count(*)::int FROM consents WHERE revocation_requested_at < ${SOON} AND revocation_delivered_at IS NULL)
      AS "revocationsUndelivered",
    (SELECT count(*)::int FROM bank_notifications WHERE handled_at IS NULL AND received_at < ${SOON}) AS "notificationsUntold",
    (SELECT count(*)::int FROM consents WHERE status = 'active' AND expires_at < ${LATER}) AS "expiriesMissed",
    (SELECT count(*)::int FROM consents c WHERE purged_at IS NULL AND purge_due_at < ${LATER} AND NOT EXISTS (
       SELECT 1 FROM legal_holds h WHERE h.consent_id = c.id AND h.released_at IS NULL)) AS "purges"`.execute(database);
  const [row] = rows;
  if (!row) throw new Error('a count has no row');
  return row;
}

/** What an operator has to look at. */
export interface Waiting {
  readonly operatorTasks: number;
  readonly oldestTaskAt: Date | null;
  /** Ends that banks have not taken for a day. */
  readonly endingsWaiting: number;
}

export async function countWaiting(database: Database): Promise<Waiting> {
  const { rows } = await sql<{ tasks: number; oldest: Date | null; endings: number }>`SELECT
    (SELECT count(*)::int FROM operator_tasks WHERE closed_at IS NULL) AS tasks,
    (SELECT min(opened_at) FROM operator_tasks WHERE closed_at IS NULL) AS oldest,
    (SELECT count(*)::int FROM consents WHERE bank_ending = 'pending' AND ended_at < now() - interval '1 day')
      AS endings`.execute(database);
  const [row] = rows;
  return { operatorTasks: row?.tasks ?? 0, oldestTaskAt: row?.oldest ?? null, endingsWaiting: row?.endings ?? 0 };
}
