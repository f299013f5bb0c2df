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
    if (!certificate) return false;
    if (property === 'tls_client_auth_subject_dn') return distinguishedName(certificate) === normalized(expected);
    // This bank registers clients by subject or by DNS name and by nothing else.
    return property === 'tls_client_auth_san_dns' && namesOf(certificate).includes(`DNS:${expected}`);
  },
};

/** RFC 4514 writes the most specific part first, Node the other way round and on lines of its own. */
const distinguishedName = ({ subject }: X509Certificate): string => subject.split('\n').reverse().join(',');

const normalized = (name: string): string => name.replaceAll(/\s*,\s*/g, ',').trim();

const namesOf = ({ subjectAltName = '' }: X509Certificate): string[] =>
  subjectAltName.split(',').map((name) => name.trim());
