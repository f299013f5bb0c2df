import { CLIENT_ALGORITHMS, type ClientAlgorithm } from './domain/institution';
import { generateSigningKey, importSigningKey, type SigningKey } from './fapi/client-keys';
import type { Database } from './store/database';
import { ensureSigningKey, type SigningKeyPurpose } from './store/signing-keys';
import type { Vault } from './store/vault';

export interface SigningKeys {
  /** What we authenticate with at banks, one for each algorithm. */
  readonly client: readonly SigningKey[];
  readonly receipt: SigningKey;
}

/** Our signing keys, made at the first start of the first process. */
export async function loadSigningKeys(database: Database, vault: Vault): Promise<SigningKeys> {
  const load = (purpose: SigningKeyPurpose, algorithm: ClientAlgorithm) =>
    ensureSigningKey(database, vault, purpose, algorithm, () => generateSigningKey(algorithm)).then((stored) =>
      importSigningKey(algorithm, stored.publicJwk, stored.privateJwk),
    );
  return {
    client: await Promise.all(CLIENT_ALGORITHMS.map((algorithm) => load('client', algorithm))),
    receipt: await load('receipt', 'ES256'),
  };
}
