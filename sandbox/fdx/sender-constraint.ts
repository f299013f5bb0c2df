import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, type JWTPayload, jwtVerify } from 'jose';
import { notAuthenticated } from './fdx-fault';
import type { NonceWindow } from './nonce-window';

export interface ProvenKey {
  thumbprint: string;
  proofId: string;
  /** Set when the client should use a newer nonce next time. */
  freshNonce: string | undefined;
}

interface ProofOf {
  proof: string;
  method: string;
  /** Without query and fragment: RFC 9449 §4.2. */
  url: string;
  accessToken: string;
}

const ALGORITHMS = ['ES256', 'PS256', 'Ed25519', 'EdDSA'];

/** A proof made earlier or later than this is not about this request, nonce or no nonce. */
const IAT_TOLERANCE_IN_SECONDS = 300;

/**
 * RFC 9449 §4.3, checks 2 to 11. Left to the caller: that the token is bound to this key, and that the proof is new.
 * @throws 401/603 with `use_dpop_nonce` or `invalid_dpop_proof`
 */
export async function verifyProof(
  { proof, method, url, accessToken }: ProofOf,
  nonces: NonceWindow,
): Promise<ProvenKey> {
  const { payload, jwk } = await verifySignature(proof);
  if (payload['htm'] !== method) throw invalidProof('htm is not the method of this request');
  if (withoutQuery(payload['htu']) !== url) throw invalidProof('htu is not the URL of this request');
  if (payload['ath'] !== createHash('sha256').update(accessToken).digest('base64url')) {
    throw invalidProof('ath is not the hash of this access token');
  }
  if (typeof payload.jti !== 'string' || payload.jti === '') throw invalidProof('jti is missing');
  if (typeof payload.iat !== 'number') throw invalidProof('iat is missing');
  if (Math.abs(Date.now() / 1000 - payload.iat) > IAT_TOLERANCE_IN_SECONDS) throw invalidProof('iat is not recent');

  const nonce = payload['nonce'];
  if (typeof nonce !== 'string' || !nonces.accepts(nonce)) throw useNonce(nonces.next);
  return {
    thumbprint: await calculateJwkThumbprint(jwk),
    proofId: payload.jti,
    freshNonce: nonce === nonces.next ? undefined : nonces.next,
  };
}

async function verifySignature(proof: string): Promise<{ payload: JWTPayload; jwk: object }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: ALGORITHMS,
      typ: 'dpop+jwt',
    });
    return { payload, jwk: protectedHeader.jwk ?? {} };
  } catch (error) {
    throw invalidProof(error instanceof Error ? error.message : 'unreadable');
  }
}

function withoutQuery(htu: unknown): string | undefined {
  if (typeof htu !== 'string' || !URL.canParse(htu)) return undefined;
  const url = new URL(htu);
  return `${url.origin}${url.pathname}`;
}

/** RFC 9449 §7.1. */
export const challenge = (error: string, description: string): Record<string, string> => ({
  'www-authenticate': `DPoP error="${error}", error_description="${description}", algs="${ALGORITHMS.join(' ')}"`,
});

/** RFC 6750 §3: for tokens that are bound to a certificate, whose scheme is Bearer (RFC 8705 §3). */
export const bearerChallenge = (error: string, description: string): Record<string, string> => ({
  'www-authenticate': `Bearer error="${error}", error_description="${description}"`,
});

export const invalidProof = (reason: string) =>
  notAuthenticated(`DPoP proof: ${reason}`, challenge('invalid_dpop_proof', reason.replaceAll('"', "'")));

/** RFC 9449 §9. */
const useNonce = (nonce: string) =>
  notAuthenticated('DPoP proof: use the nonce of this server', {
    ...challenge('use_dpop_nonce', 'use the nonce of this server'),
    'dpop-nonce': nonce,
  });
