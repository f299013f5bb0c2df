import { sql } from 'kysely';
import type { ApplicationId } from '../domain/ids';
import type { Database } from './database';
import { named, type Named } from './named';

export interface AilingEndpoint {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly isDisabled: boolean;
  /** Why it was disabled, in a word. */
  readonly reason: string | null;
  readonly failingSince: Date | null;
}

/**
 * Endpoints that were given up, and those that have taken nothing for an hour although we try. What an application paused is as it
 * wants it. There are at most twenty for an application: the table is read as a whole.
 */
export async function findAilingEndpoints(database: Database, limit: number): Promise<Named<AilingEndpoint>> {
  const { rows } = await sql<AilingEndpoint & { count: number }>`
    SELECT id, application_id AS "applicationId", status = 'disabled' AS "isDisabled", status_reason AS reason,
           failing_since AS "failingSince", (count(*) OVER ())::int AS count
      FROM webhook_endpoints
     WHERE status = 'disabled' OR (status = 'enabled' AND failing_since < now() - interval '1 hour')
     ORDER BY status = 'disabled' DESC, failing_since, id LIMIT ${limit}`.execute(database);
  return named(rows);
}

export interface LateDeliveries {
  /** Endpoints that something is due for which nobody has looked at for five minutes, and the oldest of it. */
  readonly unlooked: number;
  readonly oldestUnlookedAt: Date | null;
  /** Endpoints that are looked at and behind: what is due there was due an hour ago. */
  readonly behind: number;
  readonly oldestBehindAt: Date | null;
}

/**
 * Where deliveries are due that nobody makes, or that are made more slowly than they come. For each endpoint that may be sent to now
 * the oldest that is due is looked up, by `webhook_deliveries_due`: however many wait behind it are not read.
 */
export async function findLateDeliveries(database: Database): Promise<LateDeliveries> {
  const { rows } = await sql<LateDeliveries>`
    SELECT count(*) FILTER (WHERE is_unlooked)::int AS unlooked, min(due_at) FILTER (WHERE is_unlooked) AS "oldestUnlookedAt",
           count(*) FILTER (WHERE is_behind)::int AS behind, min(due_at) FILTER (WHERE is_behind) AS "oldestBehindAt"
      FROM (SELECT oldest.due_at, looked_at IS NULL OR looked_at < ${SOON} AS is_unlooked,
                   looked_at >= ${SOON} AND failing_since IS NULL AND oldest.due_at < now() - interval '1 hour' AS is_behind
              FROM webhook_endpoints e
             CROSS JOIN LATERAL (SELECT d.due_at FROM webhook_deliveries d
                WHERE d.endpoint_id = e.id AND d.status = 'waiting' AND d.due_at < ${SOON}
                  AND (d.leased_until IS NULL OR d.leased_until < ${SOON}) ORDER BY d.due_at LIMIT 1) AS oldest
             WHERE e.status = 'enabled' AND (e.retry_at IS NULL OR e.retry_at < ${SOON})) AS late`.execute(database);
  const [row] = rows;
  if (!row) throw new Error('a count has an answer');
  return row;
}

/** Workers look every second, and a lease is over in a minute. */
const SOON = sql`now() - interval '5 minutes'`;

export interface DeadLetters {
  readonly endpointId: string;
  readonly applicationId: ApplicationId;
  readonly letters: number;
  /** When the first of these events happened: what is sent again from then on. */
  readonly since: Date;
}

/**
 * Events that were given up in the last three days and not sent again, by endpoint. Not those of endpoints that were given up
 * themselves, and no tests, which cannot be sent again. By `webhook_deliveries_settled`: what was settled in three days is read.
 */
export async function findDeadLetters(database: Database, limit: number): Promise<Named<DeadLetters>> {
  const { rows } = await sql<DeadLetters & { count: number }>`
    SELECT d.endpoint_id AS "endpointId", e.application_id AS "applicationId", count(*)::int AS letters, min(ev.at) AS since,
           (count(*) OVER ())::int AS count
      FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id JOIN events ev ON ev.id = d.event_id
     WHERE d.settled_at > now() - interval '3 days' AND d.status = 'failed' AND e.status <> 'disabled'
     GROUP BY d.endpoint_id, e.application_id ORDER BY letters DESC, d.endpoint_id LIMIT ${limit}`.execute(database);
  return named(rows);
}
