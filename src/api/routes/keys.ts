import type { RequestHandler } from 'express';
import type { SigningKeyPurpose } from '../../domain/signing-key';
import type { PublishedKeys } from '../../signing/published-keys';

/** A JWK Set (RFC 7517 §5). Cached for minutes, so that a new key is seen before it is used. */
export function publishKeys(publishedKeys: PublishedKeys, purpose: SigningKeyPurpose): RequestHandler {
  return async (_request, response) => {
    const keys = await publishedKeys.of(purpose);
    response
      .set('Cache-Control', 'public, max-age=300')
      .type('application/jwk-set+json')
      .send(JSON.stringify({ keys }));
  };
}
