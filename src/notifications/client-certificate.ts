import { createHash, X509Certificate } from 'node:crypto';

/** RFC 9440 §2.1: one certificate in DER, as a byte sequence of RFC 8941 §3.3.5. */
const CLIENT_CERT = /^:([A-Za-z0-9+/]{40,16000}={0,2}):$/;

/**
 * The thumbprint (`x5t#S256`) of the certificate that a proxy has seen in the handshake. The proxy has checked that the caller
 * holds its key.
 *
 * @returns undefined for a header that is none, and for a certificate whose time is not now
 * @see RFC 9440 (Client-Cert), RFC 8705 §3.1
 */
export function thumbprintIn(header: string, now: number = Date.now()): string | undefined {
  const encoded = CLIENT_CERT.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const certificate = new X509Certificate(Buffer.from(encoded, 'base64'));
    const isInTime = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
    return isInTime ? createHash('sha256').update(certificate.raw).digest('base64url') : undefined;
  } catch {
    return undefined;
  }
}
