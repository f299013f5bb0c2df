import { sql } from 'kysely';
import type { AccountChanges } from '../domain/account-changes';
import type { ConsentState } from '../domain/consent';
import type { GrantDifference, GrantedConsent } from '../domain/grant';
import type { AuthorizationId, ConsentId, ReceiptId } from '../domain/ids';
import type { ApplicationIdentity } from '../domain/party';
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

/** What a receipt says beside its authorization: who the application is, and what the person agreed to. */
export interface ReceiptSources {
  readonly identity: ApplicationIdentity;
  /** Absent for a trip from before disclosures were kept. */
  readonly agreed?: {
    readonly disclosure: {
      readonly id: string;
      readonly digest: string;
      readonly language: string;
      readonly template: string | null;
      readonly source: 'template' | 'application';
    };
    readonly agreement: {
      readonly id: string;
      readonly method: 'button' | 'typed_name';
      readonly nameDigest: string | null;
      readonly agreedAt: Date;
    };
  };
}

export async function readReceiptSources(database: Database, id: AuthorizationId): Promise<ReceiptSources> {
  const [application, agreed] = await Promise.all([
    database
      .selectFrom('authorizations')
      .innerJoin('consents', 'consents.id', 'authorizations.consent_id')
      .innerJoin('applications', 'applications.id', 'consents.application_id')
      .select('applications.identity')
      .where('authorizations.id', '=', id)
      .executeTakeFirstOrThrow(),
    database
      .selectFrom('authorizations')
      .innerJoin('agreements', 'agreements.id', 'authorizations.agreement_id')
      .innerJoin('disclosures', 'disclosures.id', 'agreements.disclosure_id')
      .select(['agreements.id as agreement_id', 'method', 'name_digest', 'agreements.agreed_at'])
      .select(['disclosures.id', 'digest', 'language', 'template', 'source'])
      .where('authorizations.id', '=', id)
      .executeTakeFirst(),
  ]);
  const { identity } = application;
  if (!agreed) return { identity };
  const { agreement_id: agreementId, method, name_digest: nameDigest, agreed_at: agreedAt, ...disclosure } = agreed;
  return { identity, agreed: { disclosure, agreement: { id: agreementId, method, nameDigest, agreedAt } } };
}

/** A receipt and the application that may read it. */
export type ReceiptRow = NonNullable<Awaited<ReturnType<typeof findReceipt>>>;

export function findReceipt(database: Database, id: ReceiptId) {
  return database
    .selectFrom('receipts')
    .innerJoin('consents', 'consents.id', 'receipts.consent_id')
    .innerJoin('applications', 'applications.id', 'consents.application_id')
    .selectAll('receipts')
    .select(['consents.application_id', 'applications.identity'])
    .where('receipts.id', '=', id)
    .executeTakeFirst();
}

/** A page of a consent's receipts, oldest first; undefined when `after` is none of them. */
export async function listReceipts(
  database: Database,
  consentId: ConsentId,
  { after, limit }: { readonly after?: ReceiptId | undefined; readonly limit: number },
) {
  const ofConsent = database.selectFrom('receipts').where('consent_id', '=', consentId);
  const position = ofConsent.select(['created_at', 'id']).where('id', '=', after ?? null);
  if (after !== undefined && !(await position.executeTakeFirst())) return undefined;
  return ofConsent
    .select(['id', 'document'])
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(created_at, id) > (SELECT created_at, id FROM receipts WHERE id = ${after ?? null})`),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}
