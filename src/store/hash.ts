import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** For looking up a high-entropy token without keeping it. Not for anything a person chose. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A name that stays the same for a person of an application and tells nobody who that is. */
export function pseudonymOf(key: Uint8Array, applicationId: string, reference: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([applicationId, reference]))
    .digest('base64url');
}

export function sameHash(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
