import { sql, type Transaction } from 'kysely';
import type { ConsentState } from '../domain/consent';
import type { Revocation } from '../domain/ending';
import type { AuthorizationId, ConsentId } from '../domain/ids';
import { mayBecome, stateColumns } from './consents';
import type { Database } from './database';
import type { Tables } from './tables';

export interface ConsentEnd {
  readonly consentId: ConsentId;
  readonly state: ConsentState;
  /** The bank is told first: tokens stay sealed until then, though nothing reads with them any more. */
  readonly bankIsTold?: boolean;
  readonly revocation?: Revocation;
  readonly purgeAfterDays?: number;
}

/**
 * Ends a consent here: its state, its link, and every code verifier and custody it still has. Evidence (receipts, what was
 * granted) is not secret and stays; the data key stays with the person's reference until they are purged.
 *
 * @returns grants that the bank has still to be told of
 */
export async function endConsent(database: Database, end: ConsentEnd): Promise<readonly AuthorizationId[]> {
  return database.transaction().execute((transaction) => endConsentWithin(transaction, end));
}

export async function endConsentWithin(
  transaction: Transaction<Tables>,
  { consentId, state, bankIsTold, revocation, purgeAfterDays }: ConsentEnd,
): Promise<readonly AuthorizationId[]> {
  if (bankIsTold !== true) await destroyTokens(transaction, consentId);
  const grants = await transaction
    .selectFrom('grants')
    .select('authorization_id')
    .where('consent_id', '=', consentId)
    .where('tokens_jwe', 'is not', null)
    .execute();
  // A response that could not be judged stays for whoever looks into why, until personal data go.
  const unjudged = state.status === 'failed' ? {} : { token_response_jwe: null };
  await transaction
    .updateTable('authorizations')
    .set({
      secrets_jwe: sql`CASE WHEN ${state.status === 'failed'} AND token_response_jwe IS NOT NULL THEN secrets_jwe END`,
      ...unjudged,
    })
    .where('consent_id', '=', consentId)
    .execute();
  await transaction
    .updateTable('invitations')
    .set({ outcome: 'consent_ended', closed_at: sql`now()` })
    .where('consent_id', '=', consentId)
    .where('closed_at', 'is', null)
    .execute();
  await transaction
    .updateTable('consents')
    .set({
      ...stateColumns(state),
      ...(grants.length > 0 && { bank_ending: 'pending' }),
      ...(revocation &&
        state.status === 'revoked' && {
          // Whoever asked first is who ended it.
          revocation: sql<string>`coalesce(consents.revocation, ${JSON.stringify(revocation)}::jsonb)`,
          revocation_delivered_at: sql<Date>`now()`,
        }),
      ended_at: sql<Date>`coalesce(ended_at, now())`,
      ...(purgeAfterDays !== undefined && {
        purge_due_at: sql<Date>`coalesce(ended_at, now()) + make_interval(days => ${purgeAfterDays})`,
      }),
    })
    .where('id', '=', consentId)
    .where(mayBecome(state))
    .execute();
  if (state.status === 'expired') await noteExpiry(transaction, consentId, state);
  return grants.map(({ authorization_id: id }) => id);
}

/** The bank knows, or is never to be told: what could be used is gone. */
export async function destroyTokens(transaction: Transaction<Tables>, consentId: ConsentId): Promise<void> {
  await transaction
    .updateTable('grants')
    .set({ tokens_jwe: null, refresh_response_jwe: null, accounts_jwe: null, destroyed_at: sql`now()` })
    .where('consent_id', '=', consentId)
    .where('destroyed_at', 'is', null)
    .execute();
}

/** The last notice is that it is over. */
async function noteExpiry(transaction: Transaction<Tables>, consentId: ConsentId, state: ConsentState): Promise<void> {
  if (state.expiresAt === undefined) return;
  await transaction
    .insertInto('notices')
    .values({ consent_id: consentId, deadline: new Date(state.expiresAt), days: 0, next_action: state.nextAction })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
