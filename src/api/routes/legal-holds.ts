import type { RequestHandler } from 'express';
import { z } from 'zod';
import { legalHoldView } from '../../operators/legal-holds';
import { remark } from '../../operators/remark';
import { listHolds, placeHold, releaseHold } from '../../store/legal-holds';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import type { holdListSchema, holdSchema } from '../contract/schemas/operators';
import type { Sent } from '../contract/schemas/values';
import { idempotentIdOf } from '../idempotency';
import { listingQuerySchema, parseBody, parseQuery } from '../request-input';
import { consentIdOf } from '../own-consent';

/** An order for more consents than this comes with a list of its own. */
const MAX_LISTED = 1_000;

export const legalHoldSchema = z.strictObject({ reason: remark });

/** `POST /v1/consents/{consentId}/legal-holds` (operator): from now on nothing of the consent is deleted. */
export function placeLegalHold({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { reason } = parseBody(legalHoldSchema, request);
    const hold = await placeHold(database, consentIdOf(request), reason, idempotentIdOf(response, 'legalHold'));
    response.status(201).json(legalHoldView(hold) satisfies Sent<typeof holdSchema>);
  };
}

/** `POST /v1/legal-holds/{holdId}/release` (operator): this one is over; others may be in force. */
export function releaseLegalHold({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const hold = await releaseHold(database, parameterOf(request, 'holdId'));
    response.json(legalHoldView(hold) satisfies Sent<typeof holdSchema>);
  };
}

/** `GET /v1/legal-holds` (operator): those in force, the newest first; `?all=true` for those that were released too. */
export function readLegalHolds({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { all } = parseQuery(listingQuerySchema, request);
    const holds = await listHolds(database, { all: all === 'true', limit: MAX_LISTED });
    response.json({ holds: holds.map(legalHoldView) } satisfies Sent<typeof holdListSchema>);
  };
}
