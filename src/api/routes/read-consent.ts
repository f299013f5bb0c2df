import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { findLatestReceipt } from '../../store/receipts';
import { consentView } from '../consent-view';
import type { ApiDependencies } from '../dependencies';
import { dataKeyOf, ownConsent } from '../own-consent';

/** `GET /v1/consents/{consentId}` */
export function readConsent(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const view = await consentView(row, await dataKeyOf(deps, row), deps.settings.publicUrl);
    response.set('Cache-Control', 'no-store').json(view);
  };
}

/** `GET /v1/consents/{consentId}/receipt`: the document, or its signed form for `Accept: application/jose`. */
export function readReceipt(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const receipt = await findLatestReceipt(deps.database, row.id);
    if (!receipt) throw new ConsentFailure('receipt_not_found');
    response.set('Cache-Control', 'no-store').vary('Accept');
    if (request.accepts(['application/json', 'application/jose']) === 'application/jose') {
      response.type('application/jose').send(receipt.signed);
    } else {
      response.json(receipt.document);
    }
  };
}
