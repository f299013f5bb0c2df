import { sql } from 'kysely';
import type { ApplicationId } from '../domain/ids';
import type { Database } from './database';
import { named, type Named } from './named';

export interface EndingKey {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly label: string;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  /** It was rotated before; its successor is over, or was revoked. */
  readonly isRotated: boolean;
}

/**
 * API keys that end within so many days and that no other key of the application takes the place of: one that works, for longer, for
 * all that this one may do. A key that was rotated is covered by the key that it was rotated to, while that one lives. Keys of
 * operators have no end. Applications have a handful of keys each: the table is read as a whole, others by `api_keys_of_application`.
 */
export async function findEndingKeys(database: Database, days: number, limit: number): Promise<Named<EndingKey>> {
  const { rows } = await sql<EndingKey & { count: number }>`
    SELECT k.id, k.application_id AS "applicationId", k.label, k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt",
           k.replaced_by IS NOT NULL AS "isRotated", (count(*) OVER ())::int AS count
      FROM api_keys k
     WHERE k.role = 'application' AND k.revoked_at IS NULL
       AND k.expires_at > now() AND k.expires_at < now() + make_interval(days => ${days}::int)
       AND NOT EXISTS (SELECT 1 FROM api_keys o
         WHERE o.application_id = k.application_id AND o.id <> k.id AND o.revoked_at IS NULL
           AND (o.expires_at IS NULL OR o.expires_at > k.expires_at) AND (o.scopes IS NULL OR o.scopes @> k.scopes))
     ORDER BY k.expires_at, k.id LIMIT ${limit}`.execute(database);
  return named(rows);
}

export interface UnacceptedClient {
  readonly id: string;
  readonly applicationId: ApplicationId;
  readonly issuer: string;
}

/** Clients that are to speak for applications, of an issuer that is not among these. There are a few: the table is read as a whole. */
export async function findUnacceptedClients(
  database: Database,
  issuers: readonly string[],
  limit: number,
): Promise<Named<UnacceptedClient>> {
  const { rows } = await sql<UnacceptedClient & { count: number }>`
    SELECT id, application_id AS "applicationId", issuer, (count(*) OVER ())::int AS count
      FROM application_clients WHERE issuer <> ALL (${[...issuers]}::text[])
     ORDER BY application_id, id LIMIT ${limit}`.execute(database);
  return named(rows);
}
