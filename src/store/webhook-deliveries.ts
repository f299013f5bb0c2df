import { sql, type Selectable } from 'kysely';
import type { Database } from './database';
import { newId } from './new-id';
import type { DeliveryStatus, WebhookAttemptsTable, WebhookDeliveriesTable } from './webhook-tables';

export type DeliveryRow = Selectable<WebhookDeliveriesTable>;
export type AttemptRow = Selectable<WebhookAttemptsTable>;

export interface DeliveryFilter {
  readonly status?: DeliveryStatus | undefined;
  readonly type?: string | undefined;
  readonly eventId?: string | undefined;
  /** Of their making: not before, and before. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  /** `position` of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Of one endpoint, the newest first. */
export function listDeliveries(
  database: Database,
  endpointId: string,
  { status, type, eventId, since, until, after, limit }: DeliveryFilter,
): Promise<DeliveryRow[]> {
  return database
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .$if(status !== undefined, (query) => query.where('status', '=', status as DeliveryStatus))
    .$if(type !== undefined, (query) => query.where('type', '=', type as string))
    .$if(eventId !== undefined, (query) => query.where('event_id', '=', eventId as string))
    .$if(since !== undefined, (query) => query.where('created_at', '>=', since as Date))
    .$if(until !== undefined, (query) => query.where('created_at', '<', until as Date))
    .$if(after !== undefined, (query) => query.where('position', '<', after as string))
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
}

export function findDelivery(database: Database, endpointId: string, id: string): Promise<DeliveryRow | undefined> {
  return database
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('endpoint_id', '=', endpointId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Oldest first. */
export function listAttempts(database: Database, deliveryId: string): Promise<AttemptRow[]> {
  return database
    .selectFrom('webhook_attempts')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('number')
    .execute();
}

/** Without its lease: how an attempt ends that is under way says nothing of what was asked for since. */
const AGAIN = {
  status: 'waiting',
  due_at: sql<Date>`now()`,
  failures: 0,
  settled_at: null,
  lease: null,
} as const;

/** Sends it now, whatever became of it before, with all of its retries; once more where it is being sent. The log goes on. */
export function retryDelivery(database: Database, endpointId: string, id: string): Promise<DeliveryRow | undefined> {
  return database
    .updateTable('webhook_deliveries')
    .set(AGAIN)
    .where('endpoint_id', '=', endpointId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Which events to send again: some by id, or those of a time, or those of it that did not arrive. */
export type Replay =
  | { readonly eventIds: readonly string[] }
  | { readonly since: Date; readonly until: Date; readonly onlyFailed: boolean };

/** One replay queues no more than this: whoever wants more asks again from where it ended. */
export const MOST_REPLAYED = 10_000;

/**
 * Queues events of the endpoint's application again, under the same ids, as if they had just happened; those that the endpoint never
 * got, because it was not there yet or was disabled, too. Events that it is not subscribed to are left out, unless they are named.
 *
 * @returns how many
 */
export function replayEvents(database: Database, endpointId: string, replay: Replay): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    // Before the deliveries, as whoever takes them does: both lock many of them, in orders of their own.
    await sql`SELECT 1 FROM webhook_endpoints WHERE id = ${endpointId} FOR NO KEY UPDATE`.execute(transaction);
    return queueAgain(transaction, endpointId, replay);
  });
}

async function queueAgain(database: Database, endpointId: string, replay: Replay): Promise<number> {
  const chosen =
    'eventIds' in replay
      ? sql`ev.id = ANY(${replay.eventIds})`
      : sql`ev.at >= ${replay.since} AND ev.at < ${replay.until} AND is_subscribed(e.event_types, ev.type)`;
  const onlyFailed = 'onlyFailed' in replay && replay.onlyFailed;
  const { rows } = await sql`
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, consent_id, type)
      SELECT 'whd_' || left(sha256_of(e.id || ':' || ev.id), 32), e.id, ev.id, ev.consent_id, ev.type
        FROM webhook_endpoints e JOIN events ev ON ev.application_id = e.application_id
        LEFT JOIN webhook_deliveries d ON d.endpoint_id = e.id AND d.event_id = ev.id
       WHERE e.id = ${endpointId} AND ${chosen}
         AND (NOT ${onlyFailed}::boolean OR d.status = 'failed')
       ORDER BY ev.at, ev.version LIMIT ${MOST_REPLAYED}
    ON CONFLICT (endpoint_id, event_id) DO UPDATE
      SET status = 'waiting', due_at = now(), failures = 0, settled_at = NULL, lease = NULL
    RETURNING id`.execute(database);
  return rows.length;
}

/** A delivery that is about nothing, to see whether and how it arrives. */
export function insertTest(
  database: Database,
  endpointId: string,
  id = newId('webhookDelivery'),
): Promise<DeliveryRow> {
  return (
    database
      .insertInto('webhook_deliveries')
      .values({ id, endpoint_id: endpointId, type: TEST_TYPE })
      // Sent by a request that is repeated: this one is it.
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ type: TEST_TYPE }))
      .returningAll()
      .executeTakeFirstOrThrow()
  );
}

export const TEST_TYPE = 'test.ping';
