import { ONE_LINE } from '../../domain/one-line';
import type { Request, RequestHandler } from 'express';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { APPLICATION_ID_FORM, type ApplicationId } from '../../domain/ids';
import { applicationView } from '../../operators/access-views';
import { addApplication, findApplication, listApplications, replaceApplication } from '../../store/applications';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { isRepeated } from '../idempotency';
import { parseBody } from '../request-input';

const terms = {
  name: z.string().trim().min(1).max(120).regex(ONE_LINE, 'takes one line of text'),
  returnUrls: z
    .array(z.url().max(2_000))
    .max(100)
    .default([])
    .meta({ description: 'Where people may be sent back to, exactly.' }),
  mayDelegate: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether it may carry single requests to banks itself: docs/delegated-calls.md.' }),
  requestsPerMinute: z
    .int()
    .min(1)
    .max(10_000_000)
    .optional()
    .meta({ description: 'That each API process takes from it; without it, as many as from any other.' }),
};

export const applicationTermsSchema = z.strictObject(terms);

export const newApplicationSchema = z.strictObject({
  id: z.string().regex(APPLICATION_ID_FORM, 'takes lower-case letters, digits and hyphens'),
  ...terms,
});

/** `GET /v1/applications` (operator) */
export function readApplications({ database }: ApiDependencies): RequestHandler {
  return async (_request, response) => {
    response.json({ applications: (await listApplications(database)).map(applicationView) });
  };
}

/** `POST /v1/applications` (operator): without a key, which is made by itself. */
export function createApplication({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id, requestsPerMinute = null, ...given } = parseBody(newApplicationSchema, request);
    const application = { id: id as ApplicationId, requestsPerMinute, ...given };
    await addApplication(database, application).catch(async (error: unknown) => {
      // By a request that died before it was answered: unless somebody has changed it since, it is the one that was asked for.
      if (!isRepeated(response) || !isDeepStrictEqual(await findApplication(database, application.id), application))
        throw error;
    });
    response.status(201).location(`/v1/applications/${id}`).json(applicationView(application));
  };
}

/** `GET /v1/applications/{applicationId}` (operator) */
export function readApplication({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    response.json(applicationView(await findApplication(database, applicationIdOf(request))));
  };
}

/** `PUT /v1/applications/{applicationId}` (operator): what is left out is as if never said. Who it is stays. */
export function putApplication({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { requestsPerMinute = null, ...given } = parseBody(applicationTermsSchema, request);
    const id = applicationIdOf(request);
    await replaceApplication(database, id, { requestsPerMinute, ...given });
    response.json(applicationView({ id, requestsPerMinute, ...given }));
  };
}

/** The id in the path, of an application that may exist. */
export function applicationIdOf(request: Request): ApplicationId {
  return parameterOf(request, 'applicationId') as ApplicationId;
}
