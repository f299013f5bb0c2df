import { compactVerify } from 'jose';
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from '../domain/institution';
import type { SigningKeyPurpose } from '../domain/signing-key';
import { generateSigningKey } from '../fapi/client-keys';
import { namedPublicKey } from '../fapi/public-key';
import { signCompact } from '../fapi/signer';
import type { Database } from '../store/database';
import { LOCAL_PROVIDER, sealSigningKey, type NewSigningKey } from '../store/signing-keys';
import type { Vault } from '../store/vault';
import type { KeyServices } from './key-service';

/** Which algorithms there are keys for: whichever a bank wants; and one for receipts, which is our choice. */
export const ALGORITHMS_OF: Readonly<Record<SigningKeyPurpose, readonly SignatureAlgorithm[]>> = {
  client: SIGNATURE_ALGORITHMS,
  receipt: ['ES256'],
};

/** Where private halves lie. */
export interface KeyPlaces {
  readonly database: Database;
  readonly vault: Vault;
  readonly keyServices: KeyServices;
}

/** A key that nobody knows of yet, made here or at a key service. */
export async function makeSigningKey(
  { database, vault, keyServices }: KeyPlaces,
  provider: string,
  purpose: SigningKeyPurpose,
  algorithm: SignatureAlgorithm,
): Promise<NewSigningKey> {
  if (provider === LOCAL_PROVIDER) {
    const { privateJwk, ...publicKey } = await generateSigningKey(algorithm);
    const sealed = await sealSigningKey(database, vault, publicKey.kid, privateJwk);
    return { purpose, algorithm, ...publicKey, privateHalf: { provider: LOCAL_PROVIDER, sealed } };
  }
  const service = keyServices.get(provider);
  if (!service) throw new Error(`There is no key service named ${provider} (see docs/keys.md).`);
  const { keyReference, publicJwk } = await service.createKey(algorithm);
  const publicKey = await namedPublicKey(algorithm, publicJwk);
  const sign = (message: Uint8Array) => service.sign({ keyReference, algorithm, message });
  // Better found out now than by the first bank that refuses us.
  const probe = await signCompact({ ...publicKey, algorithm, sign }, {}, { probe: publicKey.kid });
  await compactVerify(probe, publicKey.publicJwk, { algorithms: [algorithm] }).catch(() => {
    throw new Error(`${provider} does not sign with the key it says it has made.`);
  });
  return { purpose, algorithm, ...publicKey, privateHalf: { provider, keyReference } };
}
