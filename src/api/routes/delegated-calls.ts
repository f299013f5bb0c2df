import type { RequestHandler } from 'express';
import type { DataAccess } from '../../data-access/data-access';
import { ConsentFailure } from '../../domain/failures';
import { applicationOf } from '../authentication';
import type { delegatedCallAnswerSchema } from '../contract/schemas/data';
import type { Sent } from '../contract/schemas/values';
import { delegatedCallRequestOf } from '../delegated-call-request';

/**
 * `POST /v1/consents/{consentId}/delegated-calls`: what opens one request at the bank, for an application that makes it itself.
 * Off unless an operator has allowed it.
 */
export function createDelegatedCall(access: DataAccess): RequestHandler {
  return async (request, response) => {
    if (!applicationOf(response).mayDelegate) throw new ConsentFailure('delegation_not_allowed');
    const { request: asked, dpopNonce } = delegatedCallRequestOf(request, response);
    const { expiresAt, ...call } = await access.delegate(asked, dpopNonce);
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...call, expiresAt: expiresAt.toISOString() } satisfies Sent<typeof delegatedCallAnswerSchema>);
  };
}
