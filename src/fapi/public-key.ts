import { calculateJwkThumbprint, type JWK } from 'jose';
import type { SignatureAlgorithm } from '../domain/institution';

/** A public key as banks read it in our key set. */
export interface NamedPublicKey {
  readonly kid: string;
  readonly publicJwk: JWK;
}

/** Only the members of a public key (RFC 7518 §6, RFC 8037 §2): no carelessness elsewhere can publish a private one. */
export function publicMembersOf({ kty, crv, x, y, n, e }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK;
}

/** Names a key by its RFC 7638 thumbprint: the name says exactly this key, wherever it was made. */
export async function namedPublicKey(algorithm: SignatureAlgorithm, jwk: JWK): Promise<NamedPublicKey> {
  const members = publicMembersOf(jwk);
  const kid = await calculateJwkThumbprint(members);
  return { kid, publicJwk: { ...members, kid, alg: algorithm, use: 'sig' } };
}
