import { decodeJwt, decodeProtectedHeader, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { FaultOf } from './fault';

export type IdTokenSigner = (payload: JWTPayload, alg: string) => Promise<string>;

/** An ID token with other claims. Unless told otherwise the bank signs it, so that only the claims are wrong. */
export async function forgeIdToken(
  idToken: string,
  { set = {}, remove = [], signedBy = 'bank' }: FaultOf<'forge_id_token'>,
  signAsBank: IdTokenSigner,
): Promise<string> {
  const kept = Object.entries(decodeJwt(idToken)).filter(([claim]) => !remove.includes(claim));
  const payload: JWTPayload = { ...Object.fromEntries(kept), ...set };
  const { alg = 'ES256', kid } = decodeProtectedHeader(idToken);
  switch (signedBy) {
    case 'bank':
      return signAsBank(payload, alg);
    case 'stranger': {
      // Same alg and kid as the bank's key: only the signature gives it away.
      const { privateKey } = await generateKeyPair(alg);
      return new SignJWT(payload).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(privateKey);
    }
    case 'nobody':
      return new UnsecuredJWT(payload).encode();
  }
}
