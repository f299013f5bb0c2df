import { decodeJwt, decodeProtectedHeader, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { named, type SigningHeader } from '../key-ring';
import type { Forgery } from './fault';

/** The bank's own hand. */
export interface BankSignature {
  /** With the key for the header's algorithm, whatever else the header says. */
  signAsBank: (payload: JWTPayload, header: SigningHeader) => Promise<string>;
  /** New keys sign from now on, and are published beside the old. */
  rotateKeys: () => Promise<void>;
}

/** A JWT of the bank with other claims. Unless told otherwise the bank signs it, so that only the claims are wrong. */
export async function forgeJwt(
  jwt: string,
  { set = {}, remove = [], signedBy = 'bank', ...wrong }: Forgery,
  { signAsBank, rotateKeys }: BankSignature,
): Promise<string> {
  const kept = Object.entries(decodeJwt(jwt)).filter(([claim]) => !remove.includes(claim));
  const payload: JWTPayload = { ...Object.fromEntries(kept), ...set };
  const given = decodeProtectedHeader(jwt);
  const alg = wrong.alg ?? given.alg ?? 'ES256';
  switch (signedBy) {
    case 'bank':
      return signAsBank(payload, { alg, kid: wrong.kid });
    case 'rotated':
      await rotateKeys();
      return signAsBank(payload, { alg, kid: wrong.kid });
    case 'stranger':
      // Same kid as the bank's key, unless it is to be another: only the signature gives it away.
      return signAsStranger(payload, { alg, kid: wrong.kid === undefined ? given.kid : wrong.kid });
    case 'nobody':
      return new UnsecuredJWT(payload).encode();
  }
}

/** With a key that nobody has seen before, and nobody will again. */
export async function signAsStranger(payload: JWTPayload, { alg, kid }: SigningHeader): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(payload).setProtectedHeader({ alg, ...named(kid) }).sign(privateKey);
}
