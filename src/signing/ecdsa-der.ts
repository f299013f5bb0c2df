/** Bytes of R and of S on P-256 (RFC 7518 §3.4). */
const P256_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * An ECDSA signature on P-256 as JOSE wants it (R and S side by side) from the form in which key services answer: a DER
 * sequence of two integers.
 *
 * @throws {Error} when the bytes are anything else
 * @see RFC 3279 §2.2.3, RFC 7518 §3.4
 */
export function joseSignatureOf(der: Uint8Array): Uint8Array {
  // Two integers of at most 33 bytes: every length fits into one byte below 128.
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) throw new Error('not a DER sequence');
  const r = integerAt(der, 2);
  const s = integerAt(der, r.end);
  if (s.end !== der.length) throw new Error('a DER sequence of more than two integers');
  const signature = new Uint8Array(2 * P256_BYTES);
  signature.set(r.bytes, P256_BYTES - r.bytes.length);
  signature.set(s.bytes, 2 * P256_BYTES - s.bytes.length);
  return signature;
}

/** A positive integer without the zero that DER puts before a leading one bit. */
function integerAt(der: Uint8Array, start: number): { readonly bytes: Uint8Array; readonly end: number } {
  const end = start + 2 + (der[start + 1] ?? 0);
  const encoded = der.subarray(start + 2, end);
  const [first, second = 0] = encoded;
  const isPositive = first !== undefined && first < 0x80;
  const isShortest = first !== 0 || second >= 0x80;
  if (der[start] !== INTEGER || end > der.length || !isPositive || !isShortest) throw new Error('not a DER integer');
  const bytes = first === 0 ? encoded.subarray(1) : encoded;
  if (bytes.length > P256_BYTES) throw new Error('an integer too long for P-256');
  return { bytes, end };
}
