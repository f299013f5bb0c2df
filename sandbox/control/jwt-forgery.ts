import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';

/** Signs with the bank's key for the header's algorithm, whatever else the header says. */
export type BankSigner = (payload: JWTPayload, header: JWTHeaderParameters) => Promise<string>;

/** What is wrong about a signed statement of the bank. */
export interface Forgery {
  set?: Record<string, unknown> | undefined;
  remove?: readonly string[] | undefined;
  signedBy?: 'bank' | 'stranger' | 'nobody' | undefined;
  /** Another algorithm than the client has registered. */
  alg?: string | undefined;
  /** Another key name than the one that is published. */
  kid?: string | undefined;
}

/** A JWT with other claims. Unless told otherwise the bank signs it, so that only what is named is wrong. */
export async function forgeJwt(jwt: string, forgery: Forgery, signAsBank: BankSigner): Promise<string> {
  const { set = {}, remove = [], signedBy = 'bank' } = forgery;
  const kept = Object.entries(decodeJwt(jwt)).filter(([claim]) => !remove.includes(claim));
  const payload: JWTPayload = { ...Object.fromEntries(kept), ...set };
  const original = decodeProtectedHeader(jwt);
  const alg = forgery.alg ?? original.alg ?? 'ES256';
  const kid = forgery.kid ?? original.kid;
  switch (signedBy) {
    case 'bank':
      return signAsBank(payload, { alg, ...(forgery.kid !== undefined && { kid: forgery.kid }) });
    case 'stranger': {
      // Same alg and kid as the bank's key: only the signature gives it away.
      const { privateKey } = await generateKeyPair(alg);
      return new SignJWT(payload).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(privateKey);
    }
    case 'nobody':
      return new UnsecuredJWT(payload).encode();
  }
}
