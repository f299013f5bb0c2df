import type { Request, RequestHandler, Response } from 'express';
import { ConsentFailure } from '../../domain/failures';
import type { ConsentId } from '../../domain/ids';
import { findConsent, type ConsentRow } from '../../store/consents';
import { findLatestReceipt } from '../../store/receipts';
import { applicationOf, parameterOf } from '../authentication';
import { consentView } from '../consent-view';
import type { ApiDependencies } from '../dependencies';

const CONSENT_ID = /^cns_[0-9a-f]{32}$/;

/** `GET /v1/consents/{consentId}` */
export function readConsent(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const row = await ownConsent(deps, request, response);
    const dataKey = row.wrapped_jwe === null ? undefined : await deps.vault.openDataKey(row.id, row.wrapped_jwe);
    response.set('Cache-Control', 'no-store').json(await consentView(row, dataKey, deps.settings.publicUrl));
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

/** Someone else's consent and one that does not exist give the same answer: ids must not tell who is whose customer. */
async function ownConsent(deps: ApiDependencies, request: Request, response: Response): Promise<ConsentRow> {
  const id = parameterOf(request, 'consentId');
  const row = CONSENT_ID.test(id) ? await findConsent(deps.database, id as ConsentId) : undefined;
  if (row?.application_id !== applicationOf(response).id) throw new ConsentFailure('consent_not_found');
  return row;
}
