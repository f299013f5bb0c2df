import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './domain/institution';
import { generateSigningKey, localSigner } from './fapi/client-keys';
import type { Signer } from './fapi/signer';
import type { Database } from './store/database';
import { ensureSigningKey, type SigningKeyPurpose } from './store/signing-keys';
import type { Vault } from './store/vault';

export interface SigningKeys {
  /** What we authenticate with at banks, one for each algorithm. */
  readonly client: readonly Signer[];
  readonly receipt: Signer;
}

/** Our signing keys, made at the first start of the first process. */
export async function loadSigningKeys(database: Database, vault: Vault): Promise<SigningKeys> {
  const load = (purpose: SigningKeyPurpose, algorithm: SignatureAlgorithm) =>
    ensureSigningKey(database, vault, purpose, algorithm, () => generateSigningKey(algorithm)).then((stored) =>
      localSigner(algorithm, stored.publicJwk, stored.privateJwk),
    );
  return {
    client: await Promise.all(SIGNATURE_ALGORITHMS.map((algorithm) => load('client', algorithm))),
    receipt: await load('receipt', 'ES256'),
  };
}
