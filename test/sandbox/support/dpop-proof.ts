import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type * as oidc from 'openid-client';

/** Proofs made by hand, so that one thing at a time can be wrong with them. */
export class ProofMaker {
  private constructor(
    readonly keys: oidc.CryptoKeyPair,
    readonly jwk: object,
  ) {}

  static async create(): Promise<ProofMaker> {
    const keys = await generateKeyPair('ES256', { extractable: true });
    const { kty, crv, x, y } = await exportJWK(keys.publicKey);
    return new ProofMaker(keys, { kty, crv, x, y });
  }

  make(
    { method, url, token, nonce }: { method: string; url: string; token: string; nonce?: string | undefined },
    wrong: Record<string, unknown> = {},
    typ = 'dpop+jwt',
  ): Promise<string> {
    const payload = {
      htm: method,
      htu: url,
      ath: createHash('sha256').update(token).digest('base64url'),
      iat: Math.floor(Date.now() / 1000),
      jti: randomUUID(),
      ...(nonce !== undefined && { nonce }),
      ...wrong,
    };
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ, jwk: this.jwk }).sign(this.keys.privateKey);
  }
}
