import { sql } from 'kysely';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import type { Database } from './database';

/** A refresh failed: no process tries again before this. */
export async function noteRefreshFailure(
  database: Database,
  id: AuthorizationId,
  failure: FailureCode,
  seconds: number,
): Promise<void> {
  await database
    .updateTable('grants')
    .set({
      refresh_failure: failure,
      refresh_failures: sql`refresh_failures + 1`,
      refresh_retry_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
    })
    .where('authorization_id', '=', id)
    .execute();
}

/** The bank says that the grant is no more: from this commit on it is not used, until the bank says otherwise. */
export async function noteGrantLost(database: Database, id: AuthorizationId): Promise<void> {
  await database
    .updateTable('grants')
    .set({ lost_at: sql`coalesce(lost_at, now())` })
    .where('authorization_id', '=', id)
    .execute();
}

export interface UntoldLoss {
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
}

/**
 * Lost grants in use of which the workflow has not heard; or has, an hour ago, and nothing came of it: the bank could not be asked.
 */
export async function listUntoldLosses(database: Database, graceSeconds: number, limit: number): Promise<UntoldLoss[]> {
  const rows = await database
    .selectFrom('grants')
    .innerJoin('consents', 'consents.granted_by', 'grants.authorization_id')
    .select(['grants.authorization_id', 'grants.consent_id'])
    .where('grants.lost_at', '<', sql<Date>`now() - make_interval(secs => ${graceSeconds})`)
    .where((where) =>
      where.or([
        where('grants.lost_told_at', 'is', null),
        where('grants.lost_told_at', '<', sql<Date>`now() - interval '1 hour'`),
      ]),
    )
    .where('consents.status', '=', 'active')
    .where('consents.grant_lost', '=', false)
    .where('consents.revocation_requested_at', 'is', null)
    .orderBy('grants.lost_told_at', (order) => order.asc().nullsFirst())
    .orderBy('grants.lost_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ consentId: row.consent_id, authorizationId: row.authorization_id }));
}

/** @returns false when it was told before, or is not lost any more */
export async function isLossUntold(database: Database, id: AuthorizationId): Promise<boolean> {
  const untold = await database
    .selectFrom('grants')
    .select('authorization_id')
    .where('authorization_id', '=', id)
    .where('lost_at', 'is not', null)
    .where('lost_told_at', 'is', null)
    .executeTakeFirst();
  return untold !== undefined;
}

export async function noteLossTold(database: Database, id: AuthorizationId): Promise<void> {
  await database
    .updateTable('grants')
    .set({ lost_told_at: sql`now()` })
    .where('authorization_id', '=', id)
    .where('lost_at', 'is not', null)
    .execute();
}
