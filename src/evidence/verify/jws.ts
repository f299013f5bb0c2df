import { createHash } from 'node:crypto';
import { compactVerify } from 'jose';
import { canonicalJson } from '../canonical';
import { Fault } from './fault';
import type { KnownKeys } from './keys';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a compact JWS says (RFC 7515 §7.1), once its signature is found to be by one of the keys.
 *
 * @throws {Fault}
 */
export async function openJws(jws: string, typ: string, keys: KnownKeys, where: string): Promise<JsonObject> {
  const header = headerOf(jws, where);
  if (header['typ'] !== typ) throw new Fault(where, `is of the type ${String(header['typ'])}, not ${typ}`);
  const kid = String(header['kid']);
  const known = keys.get(kid);
  if (!known) throw new Fault(where, `is signed by ${kid}, which is not among the keys`);
  if (header['alg'] !== known.alg) throw new Fault(where, `is signed with ${String(header['alg'])}, not ${known.alg}`);
  const { payload } = await compactVerify(jws, known.key, { algorithms: [known.alg] }).catch(() => {
    throw new Fault(where, 'its signature is not of these words by this key');
  });
  return objectOf(new TextDecoder().decode(payload), where);
}

/** Documents are signed in their canonical form, except those from before there was one. @throws {Fault} */
export function requireCanonicalPayload(jws: string, document: JsonObject, where: string): void {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
  if (payload !== canonicalJson(document)) throw new Fault(where, 'its document is not in canonical form (RFC 8785)');
}

/** SHA-256 of a signed form or of an event's text, hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** @throws {Fault} */
export function objectOf(text: string, where: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Told below.
  }
  throw new Fault(where, 'is not a JSON object');
}

function headerOf(jws: string, where: string): JsonObject {
  const parts = jws.split('.');
  // Base64url has texts that differ and decode alike; only one of them is what was signed and kept.
  const isExact = (part: string) => Buffer.from(part, 'base64url').toString('base64url') === part;
  if (parts.length !== 3 || !parts.every(isExact)) throw new Fault(where, 'is not a compact JWS');
  return objectOf(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'), where);
}
