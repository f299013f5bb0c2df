import type { JWK } from 'jose';
import { sql } from 'kysely';
import type { SignatureAlgorithm } from '../domain/institution';
import type { RotationPlan, SigningKeyPurpose, SigningKeyTimes } from '../domain/signing-key';
import type { Database } from './database';
import { serviceDataKey } from './service-secrets';
import type { Vault } from './vault';

/** The provider of keys that are ours: their private halves lie here, sealed. */
export const LOCAL_PROVIDER = 'local';

/** A key as everybody may know it. */
export interface SigningKey extends SigningKeyTimes {
  readonly purpose: SigningKeyPurpose;
  readonly algorithm: SignatureAlgorithm;
  readonly publicJwk: JWK;
  readonly provider: string;
  /** The provider's name for it; `null` for our own. */
  readonly keyReference: string | null;
  readonly createdAt: number;
}

export interface NewSigningKey {
  readonly purpose: SigningKeyPurpose;
  readonly algorithm: SignatureAlgorithm;
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateHalf:
    | { readonly provider: typeof LOCAL_PROVIDER; readonly sealed: string }
    | { readonly provider: string; readonly keyReference: string };
}

/** All keys there ever were, oldest first. Private halves are not read. */
export async function listSigningKeys(database: Database): Promise<readonly SigningKey[]> {
  const rows = await database
    .selectFrom('signing_keys')
    .select(['kid', 'purpose', 'algorithm', 'public_jwk', 'provider', 'key_reference'])
    .select(['created_at', 'activates_at', 'withdraws_at'])
    .orderBy('created_at')
    .orderBy('kid')
    .execute();
  return rows.map((row) => ({
    kid: row.kid,
    purpose: row.purpose,
    algorithm: row.algorithm,
    publicJwk: row.public_jwk,
    provider: row.provider,
    keyReference: row.key_reference,
    createdAt: row.created_at.getTime(),
    activatesAt: row.activates_at.getTime(),
    withdrawsAt: row.withdraws_at?.getTime() ?? null,
  }));
}

/**
 * Runs `work` while nobody else adds a key or changes the times of one: processes that start together agree on the first key,
 * and two rotations do not cross. Reading goes on. The clock is PostgreSQL's, one for all.
 */
export function changeSigningKeys<Result>(
  database: Database,
  work: (transaction: Database, keys: readonly SigningKey[], now: number) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
    const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(transaction);
    const now = rows[0]?.now.getTime() ?? Date.now();
    return work(transaction, await listSigningKeys(transaction), now);
  });
}

/** Stores a key as its plan wants it, and what its arrival means for the others. Only inside `changeSigningKeys`. */
export async function insertSigningKey(
  transaction: Database,
  { privateHalf, ...key }: NewSigningKey,
  { activatesAt, withdrawals }: RotationPlan,
  now: number,
): Promise<void> {
  await transaction
    .insertInto('signing_keys')
    .values({
      kid: key.kid,
      purpose: key.purpose,
      algorithm: key.algorithm,
      public_jwk: JSON.stringify(key.publicJwk),
      provider: privateHalf.provider,
      private_jwe: 'sealed' in privateHalf ? privateHalf.sealed : null,
      key_reference: 'keyReference' in privateHalf ? privateHalf.keyReference : null,
      created_at: new Date(now),
      activates_at: new Date(activatesAt),
    })
    .execute();
  for (const { kid, withdrawsAt } of withdrawals) {
    const change = { withdraws_at: new Date(withdrawsAt) };
    await transaction.updateTable('signing_keys').set(change).where('kid', '=', kid).execute();
  }
}

/** Destroys the private halves of keys that nobody will accept a signature of any more. */
export async function destroyWithdrawnKeys(transaction: Database, now: number): Promise<void> {
  await transaction
    .updateTable('signing_keys')
    .set({ private_jwe: null })
    .where('withdraws_at', '<=', new Date(now))
    .execute();
}

export async function sealSigningKey(database: Database, vault: Vault, kid: string, privateJwk: JWK): Promise<string> {
  return (await serviceDataKey(database, vault)).seal('signing-key', kid, privateJwk);
}

/** @throws {VaultError} when the vault's keys do not open it */
export async function openSigningKey(database: Database, vault: Vault, kid: string): Promise<JWK> {
  const row = await database
    .selectFrom('signing_keys')
    .select('private_jwe')
    .where('kid', '=', kid)
    .executeTakeFirstOrThrow();
  if (row.private_jwe === null) throw new Error('the private half of this signing key is not here');
  const dataKey = await serviceDataKey(database, vault);
  return (await dataKey.open('signing-key', kid, row.private_jwe)) as JWK;
}
