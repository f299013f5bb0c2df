import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { ClientAlgorithm } from '../domain/institution';

/** A signing key of ours: the private half as a handle that cannot be exported, the public half as banks read it. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: ClientAlgorithm;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** A new key pair in the form the vault stores. `kid` is the RFC 7638 thumbprint, so it names exactly this key. */
export async function generateSigningKey(algorithm: ClientAlgorithm): Promise<{ publicJwk: JWK; privateJwk: JWK }> {
  // FAPI 2.0 Security Profile §5.4.1: RSA keys of at least 2048 bits.
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const named = { kid, alg: algorithm, use: 'sig' };
  return {
    publicJwk: { ...publicJwk, ...named },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...named },
  };
}

export async function importSigningKey(
  algorithm: ClientAlgorithm,
  publicJwk: JWK,
  privateJwk: JWK,
): Promise<SigningKey> {
  const privateKey = await importJWK(privateJwk, algorithm, { extractable: false });
  if (privateKey instanceof Uint8Array || publicJwk.kid === undefined) throw new Error('not an asymmetric named key');
  return { kid: publicJwk.kid, algorithm, privateKey, publicJwk };
}
