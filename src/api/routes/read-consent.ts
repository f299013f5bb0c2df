import type { RequestHandler } from 'express';
import { ConsentFailure } from '../../domain/failures';
import { findLatestReceipt } from '../../store/receipts';
import type { ApiDependencies } from '../dependencies';
import { entityTagOf, isTold, sendTagged, tagsOf } from '../entity-tag';
import { consentIdOf, ownConsent, ownConsentView } from '../own-consent';
import type { WaitingRoom } from '../waiting';

/** `GET /v1/consents/{consentId}`; with `Prefer: wait` once it is another than the caller has. */
export function readConsent(deps: ApiDependencies, room: WaitingRoom): RequestHandler {
  return async (request, response) => {
    let known = tagsOf(request.get('if-none-match')).filter((tag) => tag !== '*');
    const view = await room.untilEnough(request, response, {
      id: consentIdOf(request),
      look: async () => ownConsentView(deps, await ownConsent(deps, request, response)),
      isEnough: (seen) => {
        // Who has not said what it has waits for something else than there is now.
        if (known.length === 0) known = [entityTagOf(seen)];
        return !known.includes(entityTagOf(seen));
      },
    });
    sendTagged(request, response, view);
  };
}

/** `GET /v1/consents/{consentId}/receipt`: the document, or its signed form for `Accept: application/jose`. */
export function readReceipt(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const receipt = await findLatestReceipt(deps.database, row.id);
    if (!receipt) throw new ConsentFailure('receipt_not_found');
    response.set('Cache-Control', 'private, no-cache').vary('Accept');
    if (request.accepts(['application/json', 'application/jose']) === 'application/jose') {
      if (!isTold(request, response, entityTagOf(receipt.signed))) {
        response.type('application/jose').send(receipt.signed);
      }
    } else {
      sendTagged(request, response, receipt.document);
    }
  };
}
