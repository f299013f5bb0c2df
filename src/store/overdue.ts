import { sql } from 'kysely';
import type { Database } from './database';

/** What the sweeps of the API and the workflows themselves make good within a minute. */
const SOON = sql`now() - interval '5 minutes'`;
/** Housekeeping comes every hour. */
const LATER = sql`now() - interval '2 hours'`;

/** Work that should have been done by now. Each is done by itself in seconds when everything runs. */
const OVERDUE = {
  workflowsNotStarted: sql`consents WHERE workflow_started_at IS NULL AND created_at < ${SOON}`,
  revocationsUndelivered: sql`consents WHERE revocation_requested_at < ${SOON} AND revocation_delivered_at IS NULL`,
  notificationsUntold: sql`bank_notifications WHERE handled_at IS NULL AND received_at < ${SOON}`,
  /** Active consents whose time is over. */
  expiriesMissed: sql`consents WHERE status = 'active' AND expires_at < ${LATER}`,
  /** Personal data that should be gone, of consents that no hold protects. */
  purges: sql`consents c WHERE purged_at IS NULL AND purge_due_at < ${LATER} AND NOT EXISTS (
    SELECT 1 FROM legal_holds h WHERE h.consent_id = c.id AND h.released_at IS NULL)`,
} as const;

export type OverdueWork = keyof typeof OVERDUE;

export async function countOverdue(database: Database, work: OverdueWork): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${OVERDUE[work]}`.execute(database);
  return rows[0]?.count ?? 0;
}

export interface OpenTasks {
  readonly count: number;
  readonly oldestAt: Date | null;
}

export async function countOpenTasks(database: Database): Promise<OpenTasks> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    SELECT count(*)::int AS count, min(opened_at) AS oldest FROM operator_tasks WHERE closed_at IS NULL`.execute(
    database,
  );
  return { count: rows[0]?.count ?? 0, oldestAt: rows[0]?.oldest ?? null };
}

/** Ends that banks have not taken for a day. */
export async function countEndingsWaiting(database: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM consents WHERE bank_ending = 'pending' AND ended_at < now() - interval '1 day'`.execute(
    database,
  );
  return rows[0]?.count ?? 0;
}

/** What is kept for so many days. */
export interface KeptDays {
  readonly eventDays: number;
  readonly deliveryDays: number;
}

/** Whether anything is there a day after it should have gone (answers to repeated requests: two hours). */
export interface KeptTooLong {
  readonly events: boolean;
  readonly deliveries: boolean;
  readonly requests: boolean;
}

/** Each by the index that what removes it goes by: `events_by_time`, `webhook_deliveries_settled`, `idempotent_requests_old`. */
export async function findKeptTooLong(database: Database, { eventDays, deliveryDays }: KeptDays): Promise<KeptTooLong> {
  const before = (days: number) => sql`now() - make_interval(days => ${days + 1}::int)`;
  const { rows } = await sql<KeptTooLong>`
    SELECT EXISTS (SELECT 1 FROM events WHERE at < ${before(eventDays)}) AS events,
           EXISTS (SELECT 1 FROM webhook_deliveries WHERE settled_at < ${before(deliveryDays)}) AS deliveries,
           EXISTS (SELECT 1 FROM idempotent_requests WHERE expires_at < ${LATER}) AS requests`.execute(database);
  const [row] = rows;
  if (!row) throw new Error('a question has an answer');
  return row;
}
