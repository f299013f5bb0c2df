import { webcrypto } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SignatureAlgorithm } from '../domain/institution';
import { namedPublicKey, type NamedPublicKey } from './public-key';
import type { Signer } from './signer';

/** A new key pair in the form the vault stores. */
export async function generateSigningKey(
  algorithm: SignatureAlgorithm,
): Promise<NamedPublicKey & { readonly privateJwk: JWK }> {
  // FAPI 2.0 Security Profile §5.4.1: RSA keys of at least 2048 bits.
  const pair = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const named = await namedPublicKey(algorithm, await exportJWK(pair.publicKey));
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid: named.kid, alg: algorithm, use: 'sig' };
  return { ...named, privateJwk };
}

/** RFC 7518 §3.4–3.5 and RFC 8037 §3.1, in the words of Web Cryptography. */
const SIGNATURES = {
  PS256: { name: 'RSA-PSS', saltLength: 32 },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const;

/** A signer whose key lives in this process, as a handle that cannot be exported. */
export async function localSigner(algorithm: SignatureAlgorithm, publicJwk: JWK, privateJwk: JWK): Promise<Signer> {
  const privateKey = await importJWK(privateJwk, algorithm, { extractable: false });
  if (privateKey instanceof Uint8Array || publicJwk.kid === undefined) throw new Error('not an asymmetric named key');
  return {
    kid: publicJwk.kid,
    algorithm,
    publicJwk,
    async sign(message) {
      return new Uint8Array(await webcrypto.subtle.sign(SIGNATURES[algorithm], privateKey, message));
    },
  };
}
