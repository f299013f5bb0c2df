import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';

/** Something that is to be sent now, and that nobody else sends meanwhile. */
export interface TakenDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly url: string;
  readonly eventId: string | null;
  readonly type: string;
  readonly createdAt: Date;
  /** Attempts that failed before, since it was last told to begin anew. */
  readonly failures: number;
  /** This attempt's number in the log. */
  readonly attempt: number;
  /** Names the attempt: an outcome is noted by whoever still has it in hand. */
  readonly lease: string;
}

export interface QueueClock {
  /** Seconds that this process is ahead of the database: zero, except in tests, which do not wait for days. */
  readonly aheadSeconds: () => number;
}

/** How much of one endpoint is sent at once, by all workers together. */
export interface EndpointBounds {
  readonly mostAtOnce: number;
  /** After so many failures in a row it gets one at a time. */
  readonly patience: number;
}

/** Now, as a statement has it. */
export const nowOf = ({ aheadSeconds }: QueueClock) => sql<Date>`(now() + make_interval(secs => ${aheadSeconds()}))`;

/** Endpoints that something is due for and that may be sent to; whoever has waited longest is first. */
export async function listDueEndpoints(
  database: Database,
  clock: QueueClock,
  { mostAtOnce, patience }: EndpointBounds,
  limit: number,
): Promise<readonly string[]> {
  const now = nowOf(clock);
  const { rows } = await sql<{ id: string }>`
    SELECT e.id FROM webhook_endpoints e
     WHERE e.status = 'enabled' AND (e.retry_at IS NULL OR e.retry_at <= ${now})
       AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.status = 'waiting' AND d.due_at <= ${now}
                    AND (d.leased_until IS NULL OR d.leased_until <= ${now}))
       AND (SELECT count(*) FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.leased_until > ${now})
           < CASE WHEN e.failures >= ${patience}::int THEN 1 ELSE ${mostAtOnce}::int END
     ORDER BY e.looked_at NULLS FIRST LIMIT ${limit}`.execute(database);
  return rows.map(({ id }) => id);
}

/**
 * Takes what is due at an endpoint, the oldest first, for as long as the lease: no other worker sends it meanwhile. Of one consent it
 * takes one at a time, so that where nothing fails all arrive in their order. The attempt is written down before it is made.
 *
 * @param room the caller has for so many
 */
export function takeDue(
  database: Database,
  endpointId: string,
  options: {
    readonly clock: QueueClock;
    readonly bounds: EndpointBounds;
    readonly leaseSeconds: number;
    readonly room: number;
  },
): Promise<readonly TakenDelivery[]> {
  const { clock, bounds, leaseSeconds } = options;
  const now = nowOf(clock);
  return database.transaction().execute(async (transaction) => {
    // Whoever holds the row decides for all workers; the others look elsewhere.
    const { rows: endpoints } = await sql<{ url: string; failures: number }>`
      UPDATE webhook_endpoints AS e SET looked_at = clock_timestamp()
        FROM (SELECT id FROM webhook_endpoints WHERE id = ${endpointId} AND status = 'enabled'
                AND (retry_at IS NULL OR retry_at <= ${now}) FOR NO KEY UPDATE SKIP LOCKED) AS free
       WHERE e.id = free.id RETURNING e.url, e.failures`.execute(transaction);
    const endpoint = endpoints[0];
    if (!endpoint) return [];
    const most = endpoint.failures >= bounds.patience ? 1 : bounds.mostAtOnce;
    // A statement of its own: it sees what whoever held the row before has committed.
    const candidates = await listCandidates(transaction, endpointId, now, most);
    const room = Math.min(options.room, most - (candidates[0]?.under_way ?? 0));
    const ids = firstOfEachConsent(candidates, room);
    if (ids.length === 0) return [];
    return lease(transaction, { ids, now, leaseSeconds, endpointId, url: endpoint.url });
  });
}

interface Candidate {
  readonly id: string;
  readonly consent_id: ConsentId | null;
  /** How many of the endpoint's are being sent, whichever they are. */
  readonly under_way: number;
}

/** More than there is room for: several may be of one consent. */
const CANDIDATES_FOR_EACH = 8;

async function listCandidates(
  database: Database,
  endpointId: string,
  now: ReturnType<typeof nowOf>,
  most: number,
): Promise<readonly Candidate[]> {
  const { rows } = await sql<Candidate>`
    SELECT d.id, d.consent_id, (SELECT count(*)::int FROM webhook_deliveries o
             WHERE o.endpoint_id = ${endpointId} AND o.leased_until > ${now}) AS under_way
      FROM webhook_deliveries d
     WHERE d.endpoint_id = ${endpointId} AND d.status = 'waiting' AND d.due_at <= ${now}
       AND (d.leased_until IS NULL OR d.leased_until <= ${now})
       AND NOT EXISTS (SELECT 1 FROM webhook_deliveries o WHERE o.endpoint_id = d.endpoint_id AND o.consent_id = d.consent_id
                        AND o.leased_until > ${now})
     ORDER BY d.due_at, d.position LIMIT ${most * CANDIDATES_FOR_EACH}`.execute(database);
  return rows;
}

function firstOfEachConsent(candidates: readonly Candidate[], room: number): readonly string[] {
  const seen = new Set<string>();
  const first = candidates.filter(({ id, consent_id: consentId }) => {
    const of = consentId ?? id;
    return !seen.has(of) && seen.add(of);
  });
  return first.slice(0, Math.max(0, room)).map(({ id }) => id);
}

async function lease(
  database: Database,
  of: {
    readonly ids: readonly string[];
    readonly now: ReturnType<typeof nowOf>;
    readonly leaseSeconds: number;
    readonly endpointId: string;
    readonly url: string;
  },
): Promise<readonly TakenDelivery[]> {
  const name = randomUUID();
  const rows = await database
    .updateTable('webhook_deliveries')
    .set({
      leased_until: sql<Date>`${of.now} + make_interval(secs => ${of.leaseSeconds})`,
      lease: name,
      attempts: sql`attempts + 1`,
    })
    .where(sql<boolean>`id = ANY(${of.ids})`)
    .where('status', '=', 'waiting')
    .returning(['id', 'event_id', 'type', 'created_at', 'failures', 'attempts', 'position'])
    .execute();
  if (rows.length === 0) return [];
  await database
    .insertInto('webhook_attempts')
    .values(rows.map(({ id, attempts }) => ({ delivery_id: id, number: attempts, at: sql<Date>`clock_timestamp()` })))
    .execute();
  const inOrder = rows.toSorted((one, other) => (BigInt(one.position) < BigInt(other.position) ? -1 : 1));
  return inOrder.map((row) => ({
    id: row.id,
    endpointId: of.endpointId,
    url: of.url,
    eventId: row.event_id,
    type: row.type,
    createdAt: row.created_at,
    failures: row.failures,
    attempt: row.attempts,
    lease: name,
  }));
}
