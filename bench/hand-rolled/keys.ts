import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

export interface SigningKey {
  privateKey: CryptoKey;
  /** As the bank reads it, with its `kid`. */
  publicJwk: JWK & { kid: string };
}

/** New at every start: there is nothing that outlives the process. */
export async function createSigningKey(algorithm: 'PS256' | 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { modulusLength: 2048 });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicJwk: { ...jwk, kid, alg: algorithm, use: 'sig' } };
}
