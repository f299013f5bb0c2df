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
 * Notes how an attempt ended. Whoever has lost the lease meanwhile changes nothing but the log: somebody else is sending it.
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
  return database.transaction().execute(async (transaction) => {
    // In the order in which deliveries are taken: the endpoint, then what is sent to it.
    const disabled = await noteAtEndpoint(transaction, clock, taken.endpointId, next, patience);
    await transaction
      .updateTable('webhook_deliveries')
      .set({ ...columnsOf(next, clock), leased_until: null, lease: null })
      .where('id', '=', taken.id)
      .where('lease', '=', taken.lease)
      .execute();
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

function columnsOf(next: DeliveryNext, clock: QueueClock) {
  const inSeconds = (seconds: number) => sql<Date>`${nowOf(clock)} + make_interval(secs => ${seconds})`;
  switch (next.kind) {
    case 'delivered':
      return { status: 'delivered', settled_at: sql<Date>`now()` } as const;
    case 'failed':
      return { status: 'failed', settled_at: sql<Date>`now()`, failures: sql<number>`failures + 1` } as const;
    case 'again':
      return { due_at: inSeconds(next.afterSeconds), failures: sql<number>`failures + 1` };
    case 'unsent':
      return { due_at: inSeconds(next.afterSeconds) };
  }
}

async function noteAtEndpoint(
  database: Database,
  clock: QueueClock,
  id: string,
  next: DeliveryNext,
  patience: EndpointPatience,
): Promise<string | undefined> {
  if (next.kind === 'unsent') return undefined;
  if (next.kind === 'delivered') {
    await database
      .updateTable('webhook_endpoints')
      .set({ failures: 0, failing_since: null, retry_at: null })
      .where('id', '=', id)
      .where('failures', '>', 0)
      .execute();
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
      retry_at = CASE WHEN ${pause} = 0 THEN NULL ELSE ${now} + make_interval(secs => ${pause}) END,
      status = CASE WHEN ${reason} IS NOT NULL THEN 'disabled' ELSE status END,
      status_reason = coalesce(${reason}, status_reason),
      updated_at = CASE WHEN ${reason} IS NOT NULL THEN now() ELSE updated_at END
    WHERE id = ${id} AND status IN ('enabled', 'paused')
    RETURNING CASE WHEN status = 'disabled' THEN status_reason END AS disabled`.execute(database);
  return rows[0]?.disabled ?? undefined;
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
