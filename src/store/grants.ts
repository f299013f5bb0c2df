import { sql } from 'kysely';
import type { EndingSteps } from '../domain/ending';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import { isDatabaseAway, type Database } from './database';

export function findGrant(database: Database, id: AuthorizationId) {
  return database.selectFrom('grants').selectAll().where('authorization_id', '=', id).executeTakeFirst();
}

/**
 * The one rule by which data may be read: none once the consent is revoked, expired, lost at the bank or past its date, from the
 * very commit on that says so.
 */
export const isUsable = sql<boolean>`(consents.status = 'active' AND consents.revocation_requested_at IS NULL
  AND NOT consents.grant_lost AND consents.expires_at > now() AND grants.tokens_jwe IS NOT NULL)`;

/** The grant with which a consent's data may be read now. */
export function findUsableGrant(database: Database, consentId: ConsentId) {
  return database
    .selectFrom('grants')
    .innerJoin('consents', 'consents.granted_by', 'grants.authorization_id')
    .selectAll('grants')
    .where('consents.id', '=', consentId)
    .where(isUsable)
    .executeTakeFirst();
}

/** Puts the answer to a refresh away before anything judges it: a rotated refresh token exists nowhere else. */
export async function keepRefreshResponse(database: Database, id: AuthorizationId, sealed: string): Promise<void> {
  await database
    .updateTable('grants')
    .set({ refresh_response_jwe: sealed, refresh_response_at: sql`now()` })
    .where('authorization_id', '=', id)
    .execute();
}

export interface RefreshedTokens {
  readonly tokensSealed: string;
  readonly accessExpiresAt?: Date;
  readonly grantExpiresAt?: Date;
}

/** The new tokens, custody empty again, and what went wrong before forgotten, in one statement. */
export async function storeRefreshedTokens(
  database: Database,
  id: AuthorizationId,
  { tokensSealed, accessExpiresAt, grantExpiresAt }: RefreshedTokens,
): Promise<void> {
  await database
    .updateTable('grants')
    .set({
      tokens_jwe: tokensSealed,
      access_expires_at: accessExpiresAt ?? null,
      ...(grantExpiresAt && { grant_expires_at: grantExpiresAt }),
      refresh_response_jwe: null,
      refresh_response_at: null,
      refreshed_at: sql`now()`,
      refresh_failure: null,
      refresh_failures: 0,
      refresh_retry_at: null,
      lost_at: null,
      lost_told_at: null,
    })
    .where('authorization_id', '=', id)
    // Tokens that were destroyed meanwhile stay so.
    .where('destroyed_at', 'is', null)
    .execute();
}

/**
 * Runs one piece of work on a grant's tokens at a time, among all processes. The lock is PostgreSQL's and goes with the connection:
 * a process that dies leaves none behind, and none runs out while its holder still works.
 *
 * @throws {ConsentFailure} as_unreachable when whoever works on it does not come to an end: the bank lets them wait
 */
export function withGrantLock(
  database: Database,
  id: AuthorizationId,
  work: (held: Database) => Promise<void>,
): Promise<void> {
  return database.connection().execute(async (held) => {
    await sql`SELECT pg_advisory_lock(${lockOf(id)})`.execute(held).catch((error: unknown) => {
      if (!isQueryCanceled(error)) throw error;
      throw new ConsentFailure('as_unreachable', 'another refresh of this grant waits for the bank.');
    });
    await workThenUnlock(held, id, work);
  });
}

/** The same for who can do without: while somebody else works on it, nothing is done. */
export function tryGrantLock(
  database: Database,
  id: AuthorizationId,
  work: (held: Database) => Promise<void>,
): Promise<void> {
  return database.connection().execute(async (held) => {
    const { rows } = await sql<{ locked: boolean }>`SELECT pg_try_advisory_lock(${lockOf(id)}) AS locked`.execute(held);
    if (rows[0]?.locked === true) await workThenUnlock(held, id, work);
  });
}

function lockOf(id: AuthorizationId) {
  return sql`hashtextextended(${id}, 0)`;
}

async function workThenUnlock(
  held: Database,
  id: AuthorizationId,
  work: (held: Database) => Promise<void>,
): Promise<void> {
  try {
    await work(held);
  } finally {
    // With a connection that broke the lock is gone as well.
    await sql`SELECT pg_advisory_unlock(${lockOf(id)})`.execute(held).catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error;
    });
  }
}

/** PostgreSQL's own time limit for a statement. */
function isQueryCanceled(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '57014';
}

export async function noteEndingAttempt(database: Database, id: AuthorizationId): Promise<void> {
  await database
    .updateTable('grants')
    .set({ ending_attempts: sql`ending_attempts + 1` })
    .where('authorization_id', '=', id)
    .execute();
}

/** Each step of an ending is noted as it is done: a later attempt goes on from there. */
export async function noteEndingSteps(
  database: Database,
  id: AuthorizationId,
  steps: EndingSteps,
  failure: FailureCode | null,
): Promise<void> {
  await database
    .updateTable('grants')
    .set({ ending: JSON.stringify(steps), ending_failure: failure })
    .where('authorization_id', '=', id)
    .execute();
}

/** The bank knows: the tokens are of no more use, and gone. */
export async function destroyGrant(database: Database, id: AuthorizationId): Promise<void> {
  await database
    .updateTable('grants')
    .set({
      tokens_jwe: null,
      refresh_response_jwe: null,
      accounts_jwe: null,
      ending_failure: null,
      destroyed_at: sql`coalesce(destroyed_at, now())`,
    })
    .where('authorization_id', '=', id)
    .execute();
}

/** What tells the accounts of a grant apart, sealed. */
export async function keepAccounts(database: Database, id: AuthorizationId, sealed: string): Promise<void> {
  await database.updateTable('grants').set({ accounts_jwe: sealed }).where('authorization_id', '=', id).execute();
}

/** The bank's id of the consent, where it was told later than the tokens: what a revocation there names. */
export async function keepBankConsentId(database: Database, id: AuthorizationId, bankConsentId: string): Promise<void> {
  await database
    .updateTable('grants')
    .set({ bank_consent_id: bankConsentId })
    .where('authorization_id', '=', id)
    .execute();
}
