import { sql } from 'kysely';
import type { AccountChanges } from '../domain/account-changes';
import type { ConsentState } from '../domain/consent';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ConsentId, ReceiptId } from '../domain/ids';
import type { ConsentTerms } from '../domain/terms';
import { mayBecome, stateColumns } from './consents';
import type { Database } from './database';
import type { DataAccessProof } from './tables';

export interface NewReceipt {
  readonly id: ReceiptId;
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  readonly document: object;
  readonly signed: string;
  /** The grant before, and its receipt. */
  readonly replaces?: { readonly authorizationId: AuthorizationId; readonly receiptId?: ReceiptId };
}

export interface GrantOutcome {
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly dataAccess: DataAccessProof;
  readonly terms: ConsentTerms;
  readonly grantedAt: Date;
  readonly accountChanges?: AccountChanges;
}

/**
 * The receipt and the consent that is active by it: one statement, so that neither exists without the other. From this commit on
 * the new grant is the one in use. The secrets of trips that led nowhere go with it.
 *
 * @returns the id of the receipt of this authorization: that of an earlier attempt where there was one
 */
export async function insertReceipt(
  database: Database,
  receipt: NewReceipt,
  outcome: GrantOutcome,
  state: ConsentState,
): Promise<ReceiptId> {
  const inserted = await database
    .with('consent', (query) =>
      query
        .updateTable('consents')
        .set({
          ...stateColumns(state),
          granted: JSON.stringify(outcome.granted),
          difference: JSON.stringify(outcome.difference),
          data_access: JSON.stringify(outcome.dataAccess),
          terms: JSON.stringify(outcome.terms),
          granted_at: outcome.grantedAt,
          bank_checked_at: sql`now()`,
          bank_check_due_at: sql`now() + interval '1 hour'`,
          account_changes: outcome.accountChanges === undefined ? null : JSON.stringify(outcome.accountChanges),
        })
        .where('id', '=', receipt.consentId)
        .where(mayBecome(state)),
    )
    .with('other_trips', (query) =>
      query
        .updateTable('authorizations')
        .set({ secrets_jwe: null })
        .where('consent_id', '=', receipt.consentId)
        .where('id', '!=', receipt.authorizationId)
        // A trip by the same link may be under way still; what comes of it is ended at the bank, which takes its secrets.
        .where('token_response_jwe', 'is', null)
        .where('created_at', '<', sql<Date>`now() - interval '1 hour'`),
    )
    .with('superseded', (query) =>
      query
        .updateTable('grants')
        .set({ superseded_at: sql`now()` })
        .where('authorization_id', '=', receipt.replaces?.authorizationId ?? null),
    )
    .with('link', (query) =>
      query
        .updateTable('invitations')
        .set({ outcome: 'granted', closed_at: sql`now()` })
        .where('closed_at', 'is', null)
        .where('id', 'in', (select) =>
          select.selectFrom('authorizations').select('invitation_id').where('id', '=', receipt.authorizationId),
        ),
    )
    .insertInto('receipts')
    .values({
      id: receipt.id,
      consent_id: receipt.consentId,
      authorization_id: receipt.authorizationId,
      supersedes: receipt.replaces?.receiptId ?? null,
      document: JSON.stringify(receipt.document),
      signed: receipt.signed,
    })
    // A repeated attempt finds the first one's receipt: a receipt is never written twice or changed.
    .onConflict((conflict) => conflict.column('authorization_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id ?? nameFirstReceipt(database, receipt);
}

/** A repeated attempt may have drawn another id: the consent names the receipt that there is. */
async function nameFirstReceipt(database: Database, { consentId, authorizationId }: NewReceipt): Promise<ReceiptId> {
  const { id } = await database
    .selectFrom('receipts')
    .select('id')
    .where('authorization_id', '=', authorizationId)
    .executeTakeFirstOrThrow();
  await database
    .updateTable('consents')
    .set({ receipt_id: id })
    .where('id', '=', consentId)
    .where('granted_by', '=', authorizationId)
    .execute();
  return id;
}

export function findLatestReceipt(database: Database, consentId: ConsentId) {
  return database
    .selectFrom('receipts')
    .selectAll()
    .where('consent_id', '=', consentId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}
