import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { ConsentId } from '../domain/ids';
import type { Database } from './database';
import type { IdempotentRequestsTable } from './habit-tables';
import { newId } from './new-id';

/** A request as it names itself: whoever sends the same key means the same request. */
export interface NamedRequest {
  /** `application:<id>` or `operator:<key id>`. */
  readonly caller: string;
  readonly keyHash: Buffer;
  readonly operation: string;
  readonly digest: string;
  /** As an earlier version made it: without a key. */
  readonly unkeyedDigest: string;
  readonly consentId: ConsentId | null;
  /** Whether it is the request that makes the consent: which then has the id of the claim. */
  readonly makesConsent: boolean;
}

/** What is known of a request with a key. */
export type Claim =
  | OwnClaim
  | AnsweredClaim
  /** Somebody who lives is at work on it. */
  | { readonly kind: 'busy'; readonly id: string }
  /** The key belongs to another request. */
  | { readonly kind: 'reused' };

/** It is ours to carry out. */
export interface OwnClaim {
  readonly kind: 'ours';
  readonly id: string;
  /** Beyond the first: somebody began it before and may have come any far. Whoever takes it over after us has a higher one. */
  readonly attempt: number;
}

export interface AnsweredClaim {
  readonly kind: 'answered';
  readonly id: string;
  readonly answer: SealedAnswer;
}

/** An answer as it is kept. */
export interface SealedAnswer {
  readonly sealed: string;
  /** Of its key, by consent; undefined: the service's own key opens it. */
  readonly shares?: Readonly<Record<ConsentId, string>> | undefined;
  /** Until when what is in it is good; undefined: for as long as the request is remembered. */
  readonly expiresAt?: Date | undefined;
}

/** Names the locks that sessions hold for as long as their process lives. Any number that no other lock of ours has. */
export const HOLDER_LOCKS = 7_310_013;

/** A session that ended, however it did, holds no lock: nobody has to guess by the clock whether its process still works. */
const HOLDER_IS_GONE = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${HOLDER_LOCKS}::oid AND objid = holder::oid AND objsubid = 2
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/**
 * Claims a request, takes it over from a process that died over it, or tells how it stands.
 *
 * @param holder the lock of this process; null for a request that any number may carry out at once
 */
export async function claimRequest(
  database: Database,
  request: NamedRequest,
  { holder, keptForSeconds }: { readonly holder: number | null; readonly keptForSeconds: number },
): Promise<Claim> {
  const expiresAt = new Date(Date.now() + keptForSeconds * 1000);
  for (;;) {
    const id = await insertClaim(database, request, holder, expiresAt);
    if (id !== undefined) return { kind: 'ours', id, attempt: 1 };
    const row = await findClaim(database, request);
    // Gone between the two statements.
    if (!row) continue;
    if (row.expires_at.getTime() <= Date.now()) {
      await database
        .deleteFrom('idempotent_requests')
        .where('id', '=', row.id)
        .where('expires_at', '<=', sql<Date>`now()`)
        .execute();
      // By the database's clock it may not be over yet.
      if (await findClaim(database, request).then((still) => still?.id !== row.id)) continue;
    }
    return standingOf(database, row, request, holder);
  }
}

async function standingOf(
  database: Database,
  row: Selectable<IdempotentRequestsTable>,
  { operation, digest, unkeyedDigest }: NamedRequest,
  holder: number | null,
): Promise<Claim> {
  if (row.operation !== operation || ![digest, unkeyedDigest].includes(row.request_digest)) return { kind: 'reused' };
  if (row.answer_jwe !== null && !isOver(row))
    return { kind: 'answered', id: row.id, answer: sealedAnswerOf(row, row.answer_jwe) };
  const attempt = await takeOver(database, row.id, holder);
  return attempt === undefined ? { kind: 'busy', id: row.id } : { kind: 'ours', id: row.id, attempt };
}

type AnswerRow = Pick<Selectable<IdempotentRequestsTable>, 'answer_shares' | 'answer_expires_at'>;

function isOver({ answer_expires_at: end }: AnswerRow): boolean {
  return end !== null && end.getTime() <= Date.now();
}

function sealedAnswerOf({ answer_shares: shares, answer_expires_at: end }: AnswerRow, sealed: string): SealedAnswer {
  return { sealed, shares: shares ?? undefined, expiresAt: end ?? undefined };
}

async function insertClaim(
  database: Database,
  { caller, keyHash, operation, digest, consentId, makesConsent }: NamedRequest,
  holder: number | null,
  expiresAt: Date,
): Promise<string | undefined> {
  const id = newId('idempotent');
  const row = await database
    .insertInto('idempotent_requests')
    .values({
      id,
      caller,
      key_hash: keyHash,
      operation,
      request_digest: digest,
      consent_id: makesConsent ? (idAfter(id, 'cns') as ConsentId) : consentId,
      holder,
      expires_at: expiresAt,
    })
    .onConflict((conflict) => conflict.columns(['caller', 'key_hash']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

function findClaim(database: Database, { caller, keyHash }: NamedRequest) {
  return database
    .selectFrom('idempotent_requests')
    .selectAll()
    .where('caller', '=', caller)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
}

/**
 * Of several that see that nobody is at work on it one gets it: the others find its holder alive. So it is with one whose answer is
 * over.
 *
 * @returns the number of the attempt
 */
async function takeOver(database: Database, id: string, holder: number | null): Promise<number | undefined> {
  const row = await database
    .updateTable('idempotent_requests')
    .set({ ...NO_ANSWER, holder, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where((where) => where.or([where('answer_jwe', 'is', null), where('answer_expires_at', '<=', sql<Date>`now()`)]))
    .where((where) => where.or([where('holder', 'is', null), HOLDER_IS_GONE]))
    .returning('attempts')
    .executeTakeFirst();
  return row?.attempts;
}

const NO_ANSWER = { answer_jwe: null, answered_at: null, answer_shares: null, answer_expires_at: null } as const;

/** Keeps the answer to a claim, unless somebody has taken it over: who was overtaken has no say. @returns whether it is kept */
export async function storeAnswer(
  database: Database,
  { id, attempt }: OwnClaim,
  { sealed, shares, expiresAt }: SealedAnswer,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('idempotent_requests')
    .set({
      answer_jwe: sealed,
      answered_at: sql<Date>`now()`,
      answer_shares: shares ? JSON.stringify(shares) : null,
      answer_expires_at: expiresAt ?? null,
      holder: null,
    })
    .where('id', '=', id)
    .where('attempts', '=', attempt)
    .where('answer_jwe', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Nobody is at work on it, and it has no answer: the next one with the key tries again, and makes what this one would have made.
 *
 * @returns whether it was still ours
 */
export async function releaseClaim(database: Database, { id, attempt }: OwnClaim): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('idempotent_requests')
    .set({ holder: null })
    .where('id', '=', id)
    .where('attempts', '=', attempt)
    .where('answer_jwe', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** True as long as nobody has taken a claim over. For statements that would undo what somebody else does for it. */
export function isStillOurs({ id, attempt }: OwnClaim): RawBuilder<boolean> {
  return sql<boolean>`EXISTS (SELECT 1 FROM idempotent_requests WHERE id = ${id} AND attempts = ${attempt})`;
}

/** How a request stands that somebody else has taken over. */
export type Standing =
  | AnsweredClaim
  | { readonly kind: 'busy' }
  /** Nobody is at work on it: whoever asks again tries again. */
  | { readonly kind: 'given_up' }
  /** Nobody remembers it any more. */
  | { readonly kind: 'forgotten' };

export async function standingOfClaim(database: Database, id: string): Promise<Standing> {
  const row = await database.selectFrom('idempotent_requests').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return { kind: 'forgotten' };
  if (row.answer_jwe !== null) return { kind: 'answered', id, answer: sealedAnswerOf(row, row.answer_jwe) };
  return { kind: row.holder === null ? 'given_up' : 'busy' };
}

/** Forgets one answer: asked again, it is carried out anew. Another one that is there by now stays. */
export async function forgetAnswer(database: Database, { id, answer: { sealed } }: AnsweredClaim): Promise<void> {
  await database
    .updateTable('idempotent_requests')
    .set(NO_ANSWER)
    .where('id', '=', id)
    .where('answer_jwe', '=', sealed)
    .execute();
}

/** What was answered about a consent, alone or among others, goes with its secrets: who asks again is told how it stands by then. */
export async function forgetAnswers(database: Database, consentId: ConsentId): Promise<void> {
  await database
    .updateTable('idempotent_requests')
    .set(NO_ANSWER)
    .where((where) => where.or([where('consent_id', '=', consentId), sql<boolean>`answer_shares ? ${consentId}`]))
    .where('answer_jwe', 'is not', null)
    .execute();
}

/** Answers that were good for a moment, when whoever would have forgotten them has died. @returns how many */
export async function forgetOldAnswers(database: Database, limit: number): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('idempotent_requests')
    .set(NO_ANSWER)
    .where('id', 'in', (query) =>
      query
        .selectFrom('idempotent_requests')
        .select('id')
        .where('answer_expires_at', '<', sql<Date>`now()`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** @returns how many */
export async function removeOldRequests(database: Database, limit: number): Promise<number> {
  const { numDeletedRows } = await database
    .deleteFrom('idempotent_requests')
    .where('id', 'in', (query) =>
      query
        .selectFrom('idempotent_requests')
        .select('id')
        .where('expires_at', '<', sql<Date>`now()`)
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** The id that a claim's work gives to what it makes: of each kind one. */
export function idAfter(claimId: string, prefix: string): string {
  return `${prefix}_${claimId.slice(claimId.indexOf('_') + 1)}`;
}
