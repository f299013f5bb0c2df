import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** JSON Canonicalization Scheme (RFC 8785): one text for one value, so that a digest of it can be checked by anybody. */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** SHA-256 over the canonical form, base64url. */
export function digestOf(value: object): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}
