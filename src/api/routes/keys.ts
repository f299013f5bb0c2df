import type { RequestHandler } from 'express';
import type { JWK } from 'jose';

/** A JWK Set (RFC 7517 §5). Cached for minutes, so that a new key is seen before it is used. */
export function publishKeys(keys: readonly JWK[]): RequestHandler {
  return (_request, response) => {
    response
      .set('Cache-Control', 'public, max-age=300')
      .type('application/jwk-set+json')
      .send(JSON.stringify({ keys }));
  };
}
