import { calculateJwkThumbprint, type JWK } from 'jose';
import type { SignatureAlgorithm } from '../domain/institution';

/** A public key as banks read it in our key set. */
export interface NamedPublicKey {
  readonly kid: string;
  readonly publicJwk: JWK;
}

/**
 * Names a key by its RFC 7638 thumbprint: the name says exactly this key, wherever it was made. Only members of a public key
 * are kept (RFC 7518 §6, RFC 8037 §2), so that no carelessness elsewhere can publish a private one.
 */
export async function namedPublicKey(algorithm: SignatureAlgorithm, jwk: JWK): Promise<NamedPublicKey> {
  const { kty, crv, x, y, n, e } = jwk;
  const members = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK;
  const kid = await calculateJwkThumbprint(members);
  return { kid, publicJwk: { ...members, kid, alg: algorithm, use: 'sig' } };
}
