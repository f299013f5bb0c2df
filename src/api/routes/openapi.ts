import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { openApiDocument } from '../contract/document';
import { ALL_OPERATIONS } from '../contract/operations';
import { SERVICE_VERSION } from '../contract/version';
import { isKnown } from '../entity-tag';

/** `GET /openapi.json`: what the API is, made once from the operations that it is mounted from. */
export function sendOpenApi(): RequestHandler {
  const document = JSON.stringify(openApiDocument(ALL_OPERATIONS, SERVICE_VERSION));
  const entityTag = `"${createHash('sha256').update(document).digest('base64url')}"`;
  return (request, response) => {
    response.set('Cache-Control', 'public, max-age=300').set('ETag', entityTag);
    if (isKnown(request, entityTag)) response.status(304).end();
    else response.type('application/json').send(document);
  };
}
