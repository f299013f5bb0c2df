import type { JWK } from 'jose';
import type { Database } from './database';
import { serviceDataKey } from './service-secrets';
import type { Vault } from './vault';

export type SigningKeyPurpose = 'client' | 'receipt';

export interface StoredSigningKey {
  readonly algorithm: string;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

type Generate = () => Promise<{ readonly publicJwk: JWK; readonly privateJwk: JWK }>;

/**
 * The key of a purpose and algorithm, generated and sealed when there is none yet. Processes that start together agree on the
 * first one stored.
 */
export async function ensureSigningKey(
  database: Database,
  vault: Vault,
  purpose: SigningKeyPurpose,
  algorithm: string,
  generate: Generate,
): Promise<StoredSigningKey> {
  const dataKey = await serviceDataKey(database, vault);
  let row = await find(database, purpose, algorithm);
  if (!row) {
    const { publicJwk, privateJwk } = await generate();
    await database
      .insertInto('signing_keys')
      .values({
        kid: publicJwk.kid ?? '',
        purpose,
        algorithm,
        public_jwk: JSON.stringify(publicJwk),
        private_jwe: await dataKey.seal('signing-key', privateJwk),
      })
      .onConflict((conflict) => conflict.columns(['purpose', 'algorithm']).doNothing())
      .execute();
    row = await find(database, purpose, algorithm);
    if (!row) throw new Error('a signing key was stored and is not there');
  }
  return {
    algorithm,
    publicJwk: row.public_jwk,
    privateJwk: (await dataKey.open('signing-key', row.private_jwe)) as JWK,
  };
}

function find(database: Database, purpose: SigningKeyPurpose, algorithm: string) {
  return database
    .selectFrom('signing_keys')
    .select(['public_jwk', 'private_jwe'])
    .where('purpose', '=', purpose)
    .where('algorithm', '=', algorithm)
    .executeTakeFirst();
}
