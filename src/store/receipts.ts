import type { ConsentState } from '../domain/consent';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ConsentId, ReceiptId } from '../domain/ids';
import { stateColumns } from './consents';
import type { Database } from './database';
import type { DataAccessProof } from './tables';

export interface NewReceipt {
  readonly id: ReceiptId;
  readonly consentId: ConsentId;
  readonly authorizationId: AuthorizationId;
  readonly document: object;
  readonly signed: string;
}

export interface GrantOutcome {
  readonly granted: GrantedConsent;
  readonly difference: GrantDifference;
  readonly dataAccess: DataAccessProof;
}

/**
 * The receipt and the consent that becomes active with it: one statement, so that neither exists without the other. The secrets
 * of trips that led nowhere go with it.
 */
export async function insertReceipt(
  database: Database,
  receipt: NewReceipt,
  outcome: GrantOutcome,
  state: ConsentState,
): Promise<void> {
  await database
    .with('consent', (query) =>
      query
        .updateTable('consents')
        .set({
          ...stateColumns(state),
          granted: JSON.stringify(outcome.granted),
          difference: JSON.stringify(outcome.difference),
          data_access: JSON.stringify(outcome.dataAccess),
        })
        .where('id', '=', receipt.consentId),
    )
    .with('other_trips', (query) =>
      query
        .updateTable('authorizations')
        .set({ secrets_jwe: null })
        .where('consent_id', '=', receipt.consentId)
        .where('id', '!=', receipt.authorizationId)
        .where('token_response_jwe', 'is', null),
    )
    .insertInto('receipts')
    .values({
      id: receipt.id,
      consent_id: receipt.consentId,
      authorization_id: receipt.authorizationId,
      document: JSON.stringify(receipt.document),
      signed: receipt.signed,
    })
    // A repeated attempt finds the first one's receipt: a receipt is never written twice or changed.
    .onConflict((conflict) => conflict.column('authorization_id').doNothing())
    .execute();
}

export function findLatestReceipt(database: Database, consentId: ConsentId) {
  return database
    .selectFrom('receipts')
    .selectAll()
    .where('consent_id', '=', consentId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
}
