import { sql, type Selectable } from 'kysely';
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
  readonly consentId: ConsentId | null;
  /** Whether it is the request that makes the consent: which then has the id of the claim. */
  readonly makesConsent: boolean;
}

/** What is known of a request with a key. */
export type Claim =
  /** It is ours to carry out; `isRepeated` when somebody began it before and may have come any far. */
  | { readonly kind: 'ours'; readonly id: string; readonly isRepeated: boolean }
  | { readonly kind: 'answered'; readonly id: string; readonly sealed: string }
  /** Somebody who lives is at work on it. */
  | { readonly kind: 'busy'; readonly id: string }
  /** The key belongs to another request. */
  | { readonly kind: 'reused' };

/** Names the locks that sessions hold for as long as their process lives. Any number that no other lock of ours has. */
export const HOLDER_LOCKS = 7_310_013;

/** A session that ended, however it did, holds no lock: nobody has to guess by the clock whether its process still works. */
const HOLDER_IS_GONE = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${HOLDER_LOCKS}::oid AND objid = holder::oid AND objsubid = 2
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/**
 * Claims a request, takes it over from a process that died over it, or tells how it stands.
 *
 * @param holder the lock of this process
 */
export async function claimRequest(
  database: Database,
  request: NamedRequest,
  { holder, keptForSeconds }: { readonly holder: number; readonly keptForSeconds: number },
): Promise<Claim> {
  const expiresAt = new Date(Date.now() + keptForSeconds * 1000);
  for (;;) {
    const id = await insertClaim(database, request, holder, expiresAt);
    if (id !== undefined) return { kind: 'ours', id, isRepeated: false };
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
  { operation, digest }: NamedRequest,
  holder: number,
): Promise<Claim> {
  if (row.operation !== operation || row.request_digest !== digest) return { kind: 'reused' };
  if (row.answer_jwe !== null) return { kind: 'answered', id: row.id, sealed: row.answer_jwe };
  return (await takeOver(database, row.id, holder))
    ? { kind: 'ours', id: row.id, isRepeated: true }
    : { kind: 'busy', id: row.id };
}

async function insertClaim(
  database: Database,
  { caller, keyHash, operation, digest, consentId, makesConsent }: NamedRequest,
  holder: number,
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

/** Of several that see that nobody is at work on it one gets it: the others find its holder alive. */
async function takeOver(database: Database, id: string, holder: number): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('idempotent_requests')
    .set({ holder, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('answer_jwe', 'is', null)
    .where((where) => where.or([where('holder', 'is', null), HOLDER_IS_GONE]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** @returns what the claim is answered with from now on: what was stored first, whoever was first */
export async function storeAnswer(database: Database, id: string, sealed: string): Promise<string> {
  const stored = await database
    .updateTable('idempotent_requests')
    .set({ answer_jwe: sealed, answered_at: sql<Date>`now()`, holder: null })
    .where('id', '=', id)
    .where('answer_jwe', 'is', null)
    .returning('answer_jwe')
    .executeTakeFirst();
  if (stored) return sealed;
  const row = await database
    .selectFrom('idempotent_requests')
    .select('answer_jwe')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.answer_jwe ?? sealed;
}

/** Nobody is at work on it, and it has no answer: the next one with the key tries again, and makes what this one would have made. */
export async function releaseClaim(database: Database, id: string, holder: number): Promise<void> {
  await database
    .updateTable('idempotent_requests')
    .set({ holder: null })
    .where('id', '=', id)
    .where('holder', '=', holder)
    .where('answer_jwe', 'is', null)
    .execute();
}

/** What was answered about a consent goes with its secrets: who asks again is told how it stands by then. */
export async function forgetAnswers(database: Database, consentId: ConsentId): Promise<void> {
  await database
    .updateTable('idempotent_requests')
    .set({ answer_jwe: null, answered_at: null })
    .where('consent_id', '=', consentId)
    .where('answer_jwe', 'is not', null)
    .execute();
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
