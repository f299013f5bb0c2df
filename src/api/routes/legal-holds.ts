import type { RequestHandler } from 'express';
import { z } from 'zod';
import { legalHoldView } from '../../operators/legal-holds';
import { remark } from '../../operators/remark';
import { listHolds, placeHold, releaseHold } from '../../store/legal-holds';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { parseBody } from '../operator-input';
import { consentIdOf } from '../own-consent';

/** An order for more consents than this comes with a list of its own. */
const MAX_LISTED = 1_000;

const placeSchema = z.strictObject({ reason: remark });

/** `POST /v1/consents/{consentId}/legal-holds` (operator): from now on nothing of the consent is deleted. */
export function placeLegalHold({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { reason } = parseBody(placeSchema, request);
    response.status(201).json(legalHoldView(await placeHold(database, consentIdOf(request), reason)));
  };
}

/** `POST /v1/legal-holds/{holdId}/release` (operator): this one is over; others may be in force. */
export function releaseLegalHold({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    response.json(legalHoldView(await releaseHold(database, parameterOf(request, 'holdId'))));
  };
}

/** `GET /v1/legal-holds` (operator): those in force, the newest first; `?all=true` for those that were released too. */
export function readLegalHolds({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const holds = await listHolds(database, { all: request.query['all'] === 'true', limit: MAX_LISTED });
    response.json({ holds: holds.map(legalHoldView) });
  };
}
