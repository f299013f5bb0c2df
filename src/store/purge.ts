import { sql, type Selectable } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import { forgetAnswers } from './idempotent-requests';
import { isHeld } from './legal-holds';
import type { ConsentsTable } from './tables';

/** A consent's row while nobody else may change it, with the database's clock. */
export interface LockedConsent {
  readonly row: Selectable<ConsentsTable>;
  readonly hasTokens: boolean;
  /** A legal hold is in force. None can be placed while the row is locked. */
  readonly isHeld: boolean;
  readonly now: Date;
}

/** One kind of thing that is destroyed, and when: all at once, or over the consent's life. */
export interface Destruction {
  readonly category: DestructionCategory;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export type DestructionCategory =
  /** Access token, refresh token and the key they are bound to: one for each grant. */
  | 'bank_tokens'
  /** Answers of the bank that were kept as they came. */
  | 'bank_answers'
  /** Code verifier, state, nonce and key of a trip to the bank. */
  | 'authorization_secrets'
  | 'account_identifiers'
  | 'launch_links'
  | 'person_reference'
  | 'application_metadata'
  | 'return_url'
  | 'data_key'
  /** Names that persons typed to agree: only when a person is erased. */
  | 'typed_names'
  /** What sealed those. */
  | 'evidence_key';

export interface Purged extends LockedConsent {
  readonly destroyed: readonly Destruction[];
  readonly kept: Readonly<Record<'authorizations' | 'receipts' | 'notices', number>>;
}

export interface NewCertificate {
  readonly id: string;
  /** The certificate of the purge that came before. */
  readonly supersedes?: string;
  readonly document: object;
  readonly signed: string;
}

interface Purge {
  /** Throws when the consent may not be purged: then nothing has happened. */
  readonly permit: (consent: LockedConsent) => void;
  /** Signs what was done, before it is committed. */
  readonly certify: (purged: Purged) => Promise<NewCertificate>;
}

/**
 * Destroys what is left of a consent's secrets and personal data and puts the certificate in their place: both happen or neither.
 * Whoever comes second waits for the first and gets the first certificate.
 */
export async function purge(database: Database, id: ConsentId, { permit, certify }: Purge): Promise<string> {
  const certificate = await findCertificate(database, id);
  if (certificate) return certificate.id;
  return database.transaction().execute(async (transaction) => {
    const consent = await lockConsent(transaction, id);
    if (!consent) throw new Error(`consent ${id} is not in the database`);
    const first = await findCertificate(transaction, id);
    if (first) return first.id;
    permit(consent);
    return insertCertificate(transaction, id, await certify(await destroy(transaction, consent)));
  });
}

/** Everything but the evidence. @returns what there was of it */
export async function destroy(transaction: Database, consent: LockedConsent): Promise<Purged> {
  const { id } = consent.row;
  const left = await countWhatIsLeft(transaction, id);
  await destroySecrets(transaction, id);
  await destroyPersonalData(transaction, id);
  return { ...consent, destroyed: destructionsOf(consent, left), kept: left.kept };
}

export async function insertCertificate(
  database: Database,
  consentId: ConsentId,
  { id, supersedes, document, signed }: NewCertificate,
): Promise<string> {
  const row = { id, consent_id: consentId, supersedes: supersedes ?? null, document: JSON.stringify(document), signed };
  await database.insertInto('deletion_certificates').values(row).execute();
  return id;
}

/** The one that speaks of everything: that of an erasure supersedes that of the purge before it. */
export function findCertificate(database: Database, consentId: ConsentId) {
  return database
    .selectFrom('deletion_certificates')
    .selectAll()
    .where('consent_id', '=', consentId)
    .orderBy(sql`supersedes IS NOT NULL`, 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function lockConsent(database: Database, id: ConsentId): Promise<LockedConsent | undefined> {
  const row = await database
    .selectFrom('consents')
    .selectAll()
    .select(sql<Date>`now()`.as('now'))
    .select(hasTokens().as('has_tokens'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  // Holds are looked for after the lock: whoever places one takes it too.
  return row && { row, hasTokens: row.has_tokens, isHeld: await isHeld(database, id), now: row.now };
}

function hasTokens() {
  return sql<boolean>`EXISTS (SELECT 1 FROM grants WHERE consent_id = consents.id AND tokens_jwe IS NOT NULL)`;
}

type Left = Awaited<ReturnType<typeof countWhatIsLeft>>;

async function countWhatIsLeft(database: Database, id: ConsentId) {
  const grants = await database
    .selectFrom('grants')
    .select([
      sql<number>`count(*)::int`.as('tokens'),
      sql<Date>`coalesce(min(coalesce(destroyed_at, now())), now())`.as('firstAt'),
      sql<Date>`coalesce(max(coalesce(destroyed_at, now())), now())`.as('lastAt'),
      sql<number>`count(refresh_response_jwe)::int`.as('answers'),
      sql<number>`count(accounts_jwe)::int`.as('accounts'),
    ])
    .where('consent_id', '=', id)
    .executeTakeFirstOrThrow();
  const authorizations = await database
    .selectFrom('authorizations')
    .select([
      sql<number>`count(*)::int`.as('all'),
      sql<number>`count(secrets_jwe)::int`.as('secrets'),
      sql<number>`count(token_response_jwe)::int`.as('answers'),
    ])
    .where('consent_id', '=', id)
    .executeTakeFirstOrThrow();
  const others = await database
    .selectNoFrom([
      sql<number>`(SELECT count(launch_jwe) FROM invitations WHERE consent_id = ${id})::int`.as('links'),
      sql<number>`(SELECT count(wrapped_jwe) FROM data_keys WHERE consent_id = ${id})::int`.as('keys'),
      sql<number>`(SELECT count(*) FROM receipts WHERE consent_id = ${id})::int`.as('receipts'),
      sql<number>`(SELECT count(*) FROM notices WHERE consent_id = ${id})::int`.as('notices'),
    ])
    .executeTakeFirstOrThrow();
  const { links, keys, receipts, notices } = others;
  return { grants, authorizations, links, keys, kept: { authorizations: authorizations.all, receipts, notices } };
}

function destructionsOf({ row, now }: LockedConsent, left: Left): readonly Destruction[] {
  const { grants, authorizations, links, keys } = left;
  type OfEvidence = 'typed_names' | 'evidence_key';
  const inThisInstant: Readonly<Record<Exclude<DestructionCategory, 'bank_tokens' | OfEvidence>, number>> = {
    bank_answers: grants.answers + authorizations.answers,
    authorization_secrets: authorizations.secrets,
    account_identifiers: grants.accounts,
    launch_links: links,
    person_reference: row.person_jwe === null ? 0 : 1,
    application_metadata: Object.keys(row.metadata).length,
    return_url: row.return_url === null ? 0 : 1,
    data_key: keys,
  };
  const all = [
    // Most of them went with their grant's end; the certificate speaks for all of them.
    { category: 'bank_tokens', count: grants.tokens, firstAt: grants.firstAt, lastAt: grants.lastAt } as const,
    ...Object.entries(inThisInstant).map(([category, count]) => ({
      category: category as DestructionCategory,
      count,
      firstAt: now,
      lastAt: now,
    })),
  ];
  return all.filter(({ count }) => count > 0);
}

async function destroySecrets(database: Database, id: ConsentId): Promise<void> {
  await database
    .updateTable('grants')
    .set({
      tokens_jwe: null,
      refresh_response_jwe: null,
      accounts_jwe: null,
      destroyed_at: sql`coalesce(destroyed_at, now())`,
    })
    .where('consent_id', '=', id)
    .execute();
  await database
    .updateTable('authorizations')
    .set({ secrets_jwe: null, token_response_jwe: null })
    .where('consent_id', '=', id)
    .execute();
  await database.updateTable('invitations').set({ launch_jwe: null }).where('consent_id', '=', id).execute();
  await forgetAnswers(database, id);
  await database
    .updateTable('data_keys')
    .set({ wrapped_jwe: null, destroyed_at: sql`coalesce(destroyed_at, now())` })
    .where('consent_id', '=', id)
    .execute();
}

async function destroyPersonalData(database: Database, id: ConsentId): Promise<void> {
  await database
    .updateTable('consents')
    .set({
      person_jwe: null,
      return_url: null,
      metadata: '{}',
      tags: '[]',
      purged_at: sql`now()`,
      purge_due_at: null,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .execute();
}
