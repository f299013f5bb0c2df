import { sql } from 'kysely';
import type { AuthorizationId, InstitutionId } from '../domain/ids';
import type { Database } from './database';

/** A tenth of the time in which grants that were made together drift apart. Never later than what the profile says. */
const SPREAD = 0.1;

export interface IdleGrants {
  /** How long a refresh token may lie unused at this bank. */
  readonly days: number;
  readonly maxPerMinute: number;
  readonly limit: number;
  /** Should the taker not come back, they are due again after this. */
  readonly leaseSeconds: number;
}

/**
 * Takes grants in use whose refresh token was not used for long, the longest first. Of several takers each gets others, and all of
 * them together no more in a minute than the bank is to be asked.
 */
export async function takeIdleGrants(
  database: Database,
  institutionId: InstitutionId,
  { days, maxPerMinute, limit, leaseSeconds }: IdleGrants,
): Promise<readonly AuthorizationId[]> {
  return database.transaction().execute(async (transaction) => {
    // What was taken in the last minute can only be counted by one at a time.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`keep-alive ${institutionId}`}, 0))`.execute(transaction);
    const left = maxPerMinute - (await takenInTheLastMinute(transaction, institutionId, leaseSeconds));
    if (left <= 0) return [];
    const rows = await transaction
      .updateTable('grants')
      .set({ keep_alive_claimed_until: sql<Date>`now() + make_interval(secs => ${leaseSeconds})` })
      .where('authorization_id', 'in', idleGrants(transaction, institutionId, days, Math.min(limit, left)))
      .returning('authorization_id')
      .execute();
    return rows.map((row) => row.authorization_id);
  });
}

async function takenInTheLastMinute(database: Database, id: InstitutionId, leaseSeconds: number): Promise<number> {
  const { count } = await database
    .selectFrom('grants')
    .innerJoin('consents', 'consents.id', 'grants.consent_id')
    .select((query) => query.fn.countAll<string>().as('count'))
    .where('consents.institution_id', '=', id)
    .where('keep_alive_claimed_until', '>', sql<Date>`now() + make_interval(secs => ${leaseSeconds - 60})`)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function idleGrants(database: Database, id: InstitutionId, days: number, limit: number) {
  const lastUsed = sql<Date>`coalesce(grants.refreshed_at, grants.created_at)`;
  const seconds = days * 86_400;
  const share = sql`(${1 - SPREAD}::float8 + ${SPREAD}::float8 * (hashtext(grants.authorization_id) & 1023) / 1023)`;
  return (
    database
      .selectFrom('grants')
      .innerJoin('consents', 'consents.granted_by', 'grants.authorization_id')
      .select('grants.authorization_id')
      .where('consents.institution_id', '=', id)
      .where('consents.status', '=', 'active')
      .where('consents.revocation_requested_at', 'is', null)
      .where('consents.grant_lost', '=', false)
      .where('consents.expires_at', '>', sql<Date>`now()`)
      .where('grants.tokens_jwe', 'is not', null)
      .where('grants.lost_at', 'is', null)
      // The first condition is the one that the index answers.
      .where(lastUsed, '<=', sql<Date>`now() - make_interval(secs => ${seconds * (1 - SPREAD)})`)
      .where(lastUsed, '<=', sql<Date>`now() - make_interval(secs => ${seconds} * ${share})`)
      .where(sql<boolean>`coalesce(grants.refresh_retry_at <= now(), true)`)
      .where(sql<boolean>`coalesce(grants.keep_alive_claimed_until <= now(), true)`)
      .orderBy(lastUsed)
      .limit(limit)
      .forUpdate('grants')
      .skipLocked()
  );
}
