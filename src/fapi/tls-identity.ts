import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { InstitutionProfile } from '../domain/institution';

/** Whom we trust at the other end of a connection, and what we show there. */
export interface TlsIdentity {
  readonly secureContext: SecureContext;
  /** SHA-256 of the certificate we show, base64url: `x5t#S256` (RFC 8705 §3.1). */
  readonly certificateThumbprint?: string;
}

/**
 * FAPI 2.0 Security Profile §5.2.1: TLS 1.2 or later, certificate and name checked. Made once: reading the system's certificate
 * authorities for every new connection would hold up the process for tens of milliseconds each time.
 *
 * @throws {Error} naming the file that cannot be read or used, never its content
 */
export function tlsIdentityOf({
  caFile,
  clientCertificate,
}: Pick<InstitutionProfile, 'caFile' | 'clientCertificate'>): TlsIdentity {
  const trust = caFile === undefined ? {} : { ca: [...rootCertificates, pem(caFile)] };
  if (!clientCertificate) return { secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...trust }) };
  const { certificateFile, keyFile } = clientCertificate;
  const certificate = pem(certificateFile);
  try {
    return {
      secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...trust, cert: certificate, key: pem(keyFile) }),
      certificateThumbprint: thumbprintOf(certificate),
    };
  } catch {
    throw new Error(`${certificateFile} and ${keyFile} are not a certificate and its private key in PEM`);
  }
}

function pem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  }
}

function thumbprintOf(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
}
