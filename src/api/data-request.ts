import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { DataRequest } from '../data-access/data-call';
import { parseDataQuery } from '../data-access/data-query';
import { resourceOf, type DataResourceName, type PathParameters } from '../data-access/resources';
import { applicationOf } from './authentication';
import { consentIdOf } from './own-consent';
import { RequestFailure } from './problem';

/** RFC 9562 §4. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INTERACTION_ID = 'x-fapi-interaction-id';
const ACTOR_TYPE = 'FDX-API-Actor-Type';

/**
 * What a request for data asks for. Names the interaction in the answer, whatever comes of it: the caller's id, or one of ours.
 *
 * @throws {ConsentFailure} request_invalid, consent_not_found
 * @see FDX API 6.x headers
 */
export function dataRequestOf(request: Request, response: Response, name: DataResourceName): DataRequest {
  const interactionId = interactionIdOf(request, response);
  const ids = idsIn(request);
  const parsed = parseDataQuery(resourceOf(name), ids, request.query);
  if ('faults' in parsed) throw new RequestFailure('request_invalid', parsed.faults);
  return {
    applicationId: applicationOf(response).id,
    consentId: consentIdOf(request),
    name,
    ids,
    ...parsed,
    actor: actorOf(request),
    interactionId,
  };
}

/** The caller's id when it is one, else one of ours. In the answer from now on, whatever comes of it. */
export function interactionIdOf(request: Request, response: Response): string {
  const given = request.get(INTERACTION_ID);
  const interactionId = given !== undefined && UUID.test(given) ? given : randomUUID();
  response.set(INTERACTION_ID, interactionId);
  return interactionId;
}

/** The ids in the path behind that of the consent. */
function idsIn({ params }: Request): PathParameters {
  const { accountId, statementId } = params as PathParameters;
  return { ...(accountId !== undefined && { accountId }), ...(statementId !== undefined && { statementId }) };
}

/** Nobody is there unless the caller says so: banks count and limit the two apart. */
function actorOf(request: Request): 'USER' | 'BATCH' {
  const given = request.get(ACTOR_TYPE) ?? 'BATCH';
  if (given === 'USER' || given === 'BATCH') return given;
  throw new RequestFailure('request_invalid', [{ path: ACTOR_TYPE, message: 'USER or BATCH' }]);
}
