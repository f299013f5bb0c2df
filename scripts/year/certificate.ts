import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';

/** What the deletion certificate says, as far as the story tells of it. */
export interface Certificate {
  certificateId: string;
  /** Signed with a key that the product publishes. */
  isVerified: boolean;
  issuedAt: string;
  /** Categories of what was destroyed. */
  destroyed: string[];
}

/** RFC 7515: whoever has the certificate and the product's published keys can do the same, without asking us. */
export async function verifyCertificate(signed: string, apiUrl: string): Promise<Certificate> {
  const published = await fetch(`${apiUrl}/.well-known/receipt-keys.json`, { signal: AbortSignal.timeout(10_000) });
  const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet);
  const { payload, protectedHeader } = await compactVerify(signed, keys, { algorithms: ['ES256', 'PS256'] });
  const document = JSON.parse(new TextDecoder().decode(payload)) as {
    certificateId: string;
    issuedAt: string;
    destroyed: { category: string }[];
  };
  return {
    certificateId: document.certificateId,
    isVerified: protectedHeader.typ === 'deletion-certificate+jws',
    issuedAt: document.issuedAt,
    destroyed: document.destroyed.map(({ category }) => category),
  };
}
