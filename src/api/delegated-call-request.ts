import type { Request, Response } from 'express';
import { z } from 'zod';
import type { DataRequest } from '../data-access/data-call';
import { parseDataQuery } from '../data-access/data-query';
import { dataResources, resourceAt, resourceOf } from '../data-access/resources';
import { applicationOf } from './authentication';
import { interactionIdOf } from './data-request';
import { consentIdOf } from './own-consent';
import { RequestFailure } from './problem';
import { parseBody } from './request-input';

/** RFC 9449 §8.1: NQCHAR. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/;

/** The paths of data routes below the consent, with any ids. One that is none is refused in words of its own. */
const PATHS = dataResources().map(([, { path }]) => path.replaceAll(/:\w+/g, '[^/\\u0000-\\u001f\\u007f-\\u009f]+'));

export const delegatedCallSchema = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .max(2_048)
      .meta({
        pattern: `^(${PATHS.join('|')})$`,
        description: 'The part of a data route behind the id of the consent.',
      }),
    query: z
      .record(z.string().max(64), z.string().max(16_384))
      .meta({ description: 'The parameters that the data route takes.' })
      .default({}),
    actorType: z.enum(['USER', 'BATCH']).default('BATCH'),
    dpopNonce: z.string().regex(NONCE, 'a nonce as the bank sent it in DPoP-Nonce').optional(),
  })
  .meta({ id: 'DelegatedCallRequest', description: 'One request for data.' });

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
  const { path, query: given, actorType: actor, dpopNonce } = parseBody(delegatedCallSchema, request);
  const resource = resourceAt(path);
  if (!resource) throw new RequestFailure('request_invalid', [{ path: 'path', message: 'is no path of a data route' }]);
  const { name, ids } = resource;
  const query = parseDataQuery(resourceOf(name), ids, given);
  if ('faults' in query) throw new RequestFailure('request_invalid', query.faults);
  const { id: applicationId } = applicationOf(response);
  return { request: { applicationId, consentId, name, ids, ...query, actor, interactionId }, dpopNonce };
}
