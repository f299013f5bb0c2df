import type { RequestHandler } from 'express';
import type { DataAccess } from '../../data-access/data-access';
import { ConsentFailure } from '../../domain/failures';
import { applicationOf } from '../authentication';
import type { delegatedCallAnswerSchema } from '../contract/schemas/data';
import type { Sent } from '../contract/schemas/values';
import { delegatedCallRequestOf } from '../delegated-call-request';
import type { MayGiveAgain } from '../idempotency';
import { keepUnder } from '../kept-answer';

/**
 * `POST /v1/consents/{consentId}/delegated-calls`: what opens one request at the bank, for an application that makes it itself.
 * Off unless an operator has allowed it.
 */
export function createDelegatedCall(access: DataAccess): RequestHandler {
  return async (request, response) => {
    if (!applicationOf(response).mayDelegate) throw new ConsentFailure('delegation_not_allowed');
    const { request: asked, dpopNonce } = delegatedCallRequestOf(request, response);
    const { expiresAt, sealedUnder, ...call } = await access.delegate(asked, dpopNonce);
    // The access token is in it: kept, it is no better readable than the token itself is, and no longer.
    keepUnder(response, [sealedUnder], expiresAt);
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ ...call, expiresAt: expiresAt.toISOString() } satisfies Sent<typeof delegatedCallAnswerSchema>);
  };
}

/** What was given before its application was disallowed, its consent ended or its bank paused is not given again. */
export function mayStillDelegate(access: DataAccess): MayGiveAgain {
  return async (request, response) =>
    applicationOf(response).mayDelegate && access.isOpen(delegatedCallRequestOf(request, response).request);
}
