import { createHash } from 'node:crypto';

/** How we authenticate is not part of what we ask for, and an assertion is nothing to keep a digest of. */
const CLIENT_AUTHENTICATION = ['client_assertion', 'client_assertion_type', 'client_secret'];

/**
 * SHA-256, base64url, over the parameters of a pushed request: those of the form body without client authentication, as a JSON object
 * of strings in canonical form (RFC 8785). A bank that keeps the parameters can make it again: docs/receipts.md.
 *
 * @param body the form as it leaves (RFC 9126 §2.1)
 */
export function requestDigestOf(body: unknown): string {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams(String(body));
  const members = [...form]
    .filter(([name]) => !CLIENT_AUTHENTICATION.includes(name))
    // RFC 8785 §3.2.3: by UTF-16 code units, as JavaScript compares. An object would put names that look like numbers first.
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return createHash('sha256')
    .update(`{${members.join(',')}}`)
    .digest('base64url');
}
