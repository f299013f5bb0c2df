import type { Request, Response } from 'express';
import { z } from 'zod';
import type { DataRequest } from '../data-access/data-call';
import { parseDataQuery } from '../data-access/data-query';
import { resourceAt, resourceOf } from '../data-access/resources';
import { applicationOf } from './authentication';
import { interactionIdOf } from './data-request';
import { consentIdOf } from './own-consent';
import { RequestFailure, requestInvalid } from './problem';

/** RFC 9449 §8.1: NQCHAR. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/;

const schema = z.strictObject({
  path: z.string().min(1).max(2_048),
  query: z.record(z.string().max(64), z.string().max(16_384)).default({}),
  actorType: z.enum(['USER', 'BATCH']).default('BATCH'),
  dpopNonce: z.string().regex(NONCE, 'a nonce as the bank sent it in DPoP-Nonce').optional(),
});

export interface DelegatedCallRequest {
  readonly request: DataRequest;
  readonly dpopNonce: string | undefined;
}

/**
 * Which request for data an application wants to make itself: one that it could make here.
 *
 * @throws {ConsentFailure} request_invalid, consent_not_found
 */
export function delegatedCallRequestOf(request: Request, response: Response): DelegatedCallRequest {
  const interactionId = interactionIdOf(request, response);
  const consentId = consentIdOf(request);
  const parsed = schema.safeParse(request.body ?? {});
  if (!parsed.success) throw requestInvalid(parsed.error);
  const { path, query: given, actorType: actor, dpopNonce } = parsed.data;
  const resource = resourceAt(path);
  if (!resource) throw new RequestFailure('request_invalid', [{ path: 'path', message: 'is no path of a data route' }]);
  const { name, ids } = resource;
  const query = parseDataQuery(resourceOf(name), ids, given);
  if ('faults' in query) throw new RequestFailure('request_invalid', query.faults);
  const { id: applicationId } = applicationOf(response);
  return { request: { applicationId, consentId, name, ids, ...query, actor, interactionId }, dpopNonce };
}
