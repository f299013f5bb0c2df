import type { RequestHandler } from 'express';
import type { DataAccess } from '../../data-access/data-access';
import type { DataResourceName } from '../../data-access/resources';
import { dataRequestOf } from '../data-request';

/** `GET /v1/consents/{consentId}/accounts` and what else is read as JSON: the bank's own document. */
export function readData(access: DataAccess, name: DataResourceName): RequestHandler {
  return async (request, response) => {
    const { status, text } = await access.read(dataRequestOf(request, response, name));
    response.status(status).set('Cache-Control', 'no-store').type('application/json').send(text);
  };
}
