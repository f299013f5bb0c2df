import { sql } from 'kysely';
import type { Database } from './database';
import { nowOf, type EndpointBounds, type QueueClock, type TakenDelivery } from './webhook-queue';

/** What an attempt came to, for the log. */
export interface AttemptRecord {
  readonly milliseconds: number;
  /** HTTP, where there was an answer. */
  readonly status?: number | undefined;
  /** A word, where it did not arrive. */
  readonly failure?: string | undefined;
}

/** What becomes of the delivery. */
export type DeliveryNext =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly afterSeconds: number }
  /** Dead letter. */
  | { readonly kind: 'failed' }
  /** It was not sent for a reason of our own: nobody is blamed. */
  | { readonly kind: 'unsent'; readonly afterSeconds: number };

export interface EndpointPatience extends EndpointBounds {
  /** The endpoint itself says that it is over (410). */
  readonly isGone: boolean;
  /** It asked for so much time. */
  readonly restSeconds: number;
  readonly disableAfterDays: number;
}

/** The pause between attempts at an endpoint that fails: from five seconds, doubling, to ten minutes. */
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 600;

/**
 * Notes how an attempt ended. Whoever has lost the lease meanwhile changes nothing of the delivery but the log: somebody else is
 * sending it, or it was asked for again.
 *
 * @returns why the endpoint was disabled by this, if it was
 */
export function settleAttempt(
  database: Database,
  clock: QueueClock,
  taken: TakenDelivery,
  {
    record,
    next,
    patience,
  }: { readonly record: AttemptRecord; readonly next: DeliveryNext; readonly patience: EndpointPatience },
): Promise<string | undefined> {
  if (next.kind === 'delivered') return settleDelivered(database, taken, record);
  return database.transaction().execute(async (transaction) => {
    // In the order in which deliveries are taken: the endpoint, then what is sent to it.
    const disabled = await noteAtEndpoint(transaction, clock, taken, next, patience);
    const { numUpdatedRows } = await transaction
      .updateTable('webhook_deliveries')
      .set({ ...columnsOf(next, clock), leased_until: null, lease: null })
      .where('id', '=', taken.id)
      .where('lease', '=', taken.lease)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) await freeForAnother(transaction, taken);
    await transaction
      .updateTable('webhook_attempts')
      .set({
        milliseconds: Math.round(record.milliseconds),
        status: record.status ?? null,
        failure: record.failure ?? null,
      })
      .where('delivery_id', '=', taken.id)
      .where('number', '=', taken.attempt)
      .execute();
    return disabled;
  });
}

/** What almost every attempt comes to, in one statement: a transaction of several takes five times as many trips to the database. */
async function settleDelivered(
  database: Database,
  { id, endpointId, url, lease, attempt }: TakenDelivery,
  { milliseconds, status }: AttemptRecord,
): Promise<undefined> {
  // Asking how many are in `endpoint` keeps the order: the endpoint, then what is sent to it.
  const { rows } = await sql<{ is_settled: boolean }>`
    WITH endpoint AS (
      UPDATE webhook_endpoints SET failures = 0, failing_since = NULL, retry_at = NULL
       WHERE id = ${endpointId} AND url = ${url} AND (failures > 0 OR retry_at IS NOT NULL) RETURNING id
    ), delivery AS (
      UPDATE webhook_deliveries SET status = 'delivered', settled_at = now(), leased_until = NULL, lease = NULL
       WHERE id = ${id} AND lease = ${lease} AND (SELECT count(*) FROM endpoint) >= 0 RETURNING id
    ), attempt AS (
      UPDATE webhook_attempts SET milliseconds = ${Math.round(milliseconds)}, status = ${status ?? null}
       WHERE delivery_id = ${id} AND number = ${attempt} AND (SELECT count(*) FROM delivery) >= 0
    )
    SELECT EXISTS (SELECT FROM delivery) AS is_settled`.execute(database);
  if (rows[0]?.is_settled !== true) await freeForAnother(database, { id, attempt });
  return undefined;
}

/** It was asked for again while this attempt was under way, and waits for nothing but its end. */
async function freeForAnother(
  database: Database,
  { id, attempt }: Pick<TakenDelivery, 'id' | 'attempt'>,
): Promise<void> {
  await database
    .updateTable('webhook_deliveries')
    .set({ leased_until: null })
    .where('id', '=', id)
    .where('lease', 'is', null)
    .where('attempts', '=', attempt)
    .execute();
}

function columnsOf(next: Exclude<DeliveryNext, { kind: 'delivered' }>, clock: QueueClock) {
  const inSeconds = (seconds: number) => sql<Date>`${nowOf(clock)} + make_interval(secs => ${seconds})`;
  switch (next.kind) {
    case 'failed':
      return { status: 'failed', settled_at: sql<Date>`now()`, failures: sql<number>`failures + 1` } as const;
    case 'again':
      return { due_at: inSeconds(next.afterSeconds), failures: sql<number>`failures + 1` };
    case 'unsent':
      return { due_at: inSeconds(next.afterSeconds) };
  }
}

/** What came of an address says nothing of the one that took its place meanwhile. */
async function noteAtEndpoint(
  database: Database,
  clock: QueueClock,
  taken: TakenDelivery,
  next: DeliveryNext,
  patience: EndpointPatience,
): Promise<string | undefined> {
  if (next.kind === 'unsent') {
    await restAfterOwnFault(database, clock, taken, next.afterSeconds);
    return undefined;
  }
  const now = nowOf(clock);
  const isFailing = sql<boolean>`failing_since < ${now} - make_interval(days => ${patience.disableAfterDays}::int)`;
  const pause = sql<number>`greatest(${patience.restSeconds}::float8, CASE WHEN failures + 1 < ${patience.patience}::int THEN 0
    ELSE least(${LONGEST_PAUSE_SECONDS}::float8, ${FIRST_PAUSE_SECONDS} * 2 ^ least(failures + 1 - ${patience.patience}::int, 20)) END)`;
  const reason = patience.isGone ? sql<string>`'gone'` : sql<string>`CASE WHEN ${isFailing} THEN 'failing' END`;
  const { rows } = await sql<{ disabled: string | null }>`
    UPDATE webhook_endpoints SET
      failures = failures + 1,
      failing_since = coalesce(failing_since, ${now}),
      -- Of several that fail at once none takes back what another one was asked for.
      retry_at = CASE WHEN ${pause} = 0 THEN retry_at ELSE greatest(retry_at, ${now} + make_interval(secs => ${pause})) END,
      status = CASE WHEN ${reason} IS NOT NULL THEN 'disabled' ELSE status END,
      status_reason = coalesce(${reason}, status_reason),
      updated_at = CASE WHEN ${reason} IS NOT NULL THEN now() ELSE updated_at END
    WHERE id = ${taken.endpointId} AND url = ${taken.url} AND status IN ('enabled', 'paused')
    RETURNING CASE WHEN status = 'disabled' THEN status_reason END AS disabled`.execute(database);
  return rows[0]?.disabled ?? undefined;
}

/**
 * What we could not send, for want of its secret or of a key, would not be sent a moment later either: the endpoint rests, rather than
 * that its whole backlog is tried in vain again and again, each time with a line in the log. One that went with its consent is no fault.
 */
async function restAfterOwnFault(
  database: Database,
  clock: QueueClock,
  { id, endpointId }: TakenDelivery,
  seconds: number,
): Promise<void> {
  await sql`
    UPDATE webhook_endpoints SET retry_at = greatest(retry_at, ${nowOf(clock)} + make_interval(secs => ${seconds}))
     WHERE id = ${endpointId} AND EXISTS (SELECT FROM webhook_deliveries WHERE id = ${id})`.execute(database);
}

/**
 * What nobody needs the log of any more: settled long ago, or waiting for an endpoint that was given up long ago.
 *
 * @returns how many
 */
export async function removeOldDeliveries(
  database: Database,
  clock: QueueClock,
  keptDays: number,
  limit: number,
): Promise<number> {
  const before = sql<Date>`(${nowOf(clock)} - make_interval(days => ${keptDays}::int))`;
  // Two lists, each by an index of its own.
  const { numAffectedRows } = await sql`
    DELETE FROM webhook_deliveries WHERE id IN (
      SELECT id FROM (SELECT id FROM webhook_deliveries WHERE settled_at < ${before} LIMIT ${limit} FOR UPDATE SKIP LOCKED) AS settled
      UNION ALL
      SELECT id FROM (SELECT d.id FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id AND d.status = 'waiting'
        WHERE e.status = 'disabled' AND e.updated_at < ${before} AND d.created_at < ${before} LIMIT ${limit}
        FOR UPDATE OF d SKIP LOCKED) AS given_up)`.execute(database);
  return Number(numAffectedRows ?? 0n);
}

/** For the metrics: what is due and for how long, where something may be sent. */
export async function measureQueue(
  database: Database,
  clock: QueueClock,
): Promise<{ readonly due: number; readonly oldestSeconds: number; readonly failingEndpoints: number }> {
  const now = nowOf(clock);
  const { rows } = await sql<{ due: number; oldest: number; failing: number }>`
    SELECT count(*)::int AS due, coalesce(extract(epoch FROM ${now} - min(d.due_at)), 0)::float8 AS oldest,
           (SELECT count(*)::int FROM webhook_endpoints WHERE status = 'enabled' AND failing_since IS NOT NULL) AS failing
      FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
     WHERE d.status = 'waiting' AND d.due_at <= ${now} AND e.status = 'enabled'`.execute(database);
  const [row] = rows;
  return { due: row?.due ?? 0, oldestSeconds: row?.oldest ?? 0, failingEndpoints: row?.failing ?? 0 };
}
