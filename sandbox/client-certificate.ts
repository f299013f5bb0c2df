import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Configuration } from 'oidc-provider';

type MutualTls = NonNullable<NonNullable<Configuration['features']>['mTLS']>;

/** The certificate that a client showed; only the mutual TLS door asks for one. */
export function certificateOf({ socket }: IncomingMessage): X509Certificate | undefined {
  // A request that came over plain HTTP, or a client without a certificate.
  return (socket as Partial<TLSSocket>).getPeerX509Certificate?.();
}

/** How oidc-provider learns of certificates (RFC 8705 §2 and §3). */
export const mutualTls: MutualTls = {
  enabled: true,
  certificateBoundAccessTokens: true,
  tlsClientAuth: true,
  selfSignedTlsClientAuth: true,
  getCertificate: (ctx) => certificateOf(ctx.req),
  // Node has compared the chain with SANDBOX_CLIENT_CA_FILE; a self-signed certificate got through and is not authorized.
  certificateAuthorized: (ctx) => (ctx.req.socket as Partial<TLSSocket>).authorized === true,
  certificateSubjectMatches: (ctx, property, expected) => {
    const certificate = certificateOf(ctx.req);
    return certificate !== undefined && subjectMatches(certificate, property, expected);
  },
};

/** RFC 8705 §2.1.2: the certificate is the client's if its subject, or one of its names, is the registered one. */
export function subjectMatches(certificate: X509Certificate, property: string, expected: string): boolean {
  switch (property) {
    case 'tls_client_auth_subject_dn':
      return sameName(certificate.subject.split('\n').reverse(), relativeNames(expected));
    case 'tls_client_auth_san_dns':
      // DNS names are in any case. Never by CN, and a certificate for every name below a domain is nobody's in particular.
      return certificate.checkHost(expected, { subject: 'never', wildcards: false }) !== undefined;
    default:
      // This bank registers clients by subject or by DNS name and by nothing else.
      return false;
  }
}

/**
 * RFC 4514 §2.1 writes the last relative name first, the certificate and Node keep them in the order of the tree. A comma
 * that belongs to a value is escaped in both.
 */
const relativeNames = (name: string): string[] => name.split(/(?<!\\),/).map((each) => each.trim());

const sameName = (given: string[], expected: string[]): boolean =>
  given.length === expected.length && given.every((each, index) => normal(each) === normal(expected[index] ?? ''));

/** RFC 4514 §3: attribute types are in any case. Values are compared as they are, which refuses more than it must. */
const normal = (relativeName: string): string =>
  relativeName.replace(/^\s*([^=\s]+)\s*=\s*/, (_found, type: string) => `${type.toUpperCase()}=`);
