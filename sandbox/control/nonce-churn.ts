import type { IncomingMessage } from 'node:http';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader } from 'jose';
import { challenge } from '../fdx/sender-constraint';
import type { NonceWindow } from '../fdx/nonce-window';
import type { CapturedAnswer } from './captured-answer';

interface SeenProof {
  thumbprint: string;
  nonce: unknown;
}

/**
 * Nonces that change with every answer. A proof must hold the bank's nonces in any case, since they are checked again behind
 * this, and the bank has a handful at any time: they take turns, for each key of a client on its own.
 */
export class NonceChurn {
  readonly #window: NonceWindow;
  readonly #latest = new Map<string, string>();

  constructor(window: NonceWindow) {
    this.#window = window;
  }

  isLatest({ thumbprint, nonce }: SeenProof): boolean {
    return typeof nonce === 'string' && this.#latest.get(thumbprint) === nonce;
  }

  /** Another one than the last. From now on it is the only one. */
  next({ thumbprint }: SeenProof): string {
    const { lasting } = this.#window;
    const turn = lasting.indexOf(this.#latest.get(thumbprint) ?? '') + 1;
    const nonce = lasting[turn % lasting.length] ?? this.#window.next;
    this.#latest.set(thumbprint, nonce);
    return nonce;
  }
}

/** What the proof of a request says of itself, believed and not verified: verifying is for whoever stands behind. */
export async function proofOf({ headers: { dpop } }: IncomingMessage): Promise<SeenProof | undefined> {
  if (typeof dpop !== 'string') return undefined;
  try {
    const { jwk } = decodeProtectedHeader(dpop);
    return jwk && { thumbprint: await calculateJwkThumbprint(jwk), nonce: decodeJwt(dpop)['nonce'] };
  } catch {
    return undefined;
  }
}

/** RFC 9449 §9 where an access token is presented, §8 elsewhere. */
export function nonceChallenge({ headers: { authorization } }: IncomingMessage, nonce: string): CapturedAnswer {
  const [error, reason] = ['use_dpop_nonce', 'use the nonce of this answer'];
  const headers = { 'dpop-nonce': nonce, 'cache-control': 'no-store', 'content-type': 'application/json' };
  if (/^dpop /i.test(authorization ?? '')) {
    const body = Buffer.from(JSON.stringify({ code: '603', message: 'Authentication failed', debugMessage: reason }));
    return { status: 401, headers: { ...headers, ...challenge(error, reason) }, body };
  }
  return { status: 400, headers, body: Buffer.from(JSON.stringify({ error, error_description: reason })) };
}
