import type { RequestHandler, Response } from 'express';
import { listConsents } from '../../store/consent-search';
import { pseudonymOf } from '../../store/hash';
import { applicationOf } from '../authentication';
import {
  askedByBody,
  askedByQuery,
  consentSearchSchema,
  consentsQuerySchema,
  type PageAsked,
} from '../consent-filters';
import type { consentPageSchema } from '../contract/schemas/consent';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';
import { keepUnder } from '../kept-answer';
import { ownConsentView } from '../own-consent';
import { parseBody, parseQuery } from '../request-input';

/** `GET /v1/consents`: the application's own, a page at a time. */
export function readConsents(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    await sendPage(deps, response, askedByQuery(parseQuery(consentsQuerySchema, request)));
  };
}

/** `POST /v1/consents/search`: the same by what no address should hold, as addresses are written down on the way. */
export function searchConsents(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { id } = applicationOf(response);
    const nameOf = (reference: string) => pseudonymOf(deps.settings.pseudonymKey, id, reference);
    await sendPage(deps, response, askedByBody(parseBody(consentSearchSchema, request), nameOf));
  };
}

async function sendPage(deps: ApiDependencies, response: Response, asked: PageAsked): Promise<void> {
  const rows = await listConsents(deps.database, {
    ...asked,
    applicationId: applicationOf(response).id,
    limit: asked.limit + 1,
  });
  const page = rows.slice(0, asked.limit);
  const consents = await Promise.all(page.map((row) => ownConsentView(deps, row)));
  const last = page.at(-1);
  keepUnder(response, page);
  response.set('Cache-Control', 'no-store').json({
    consents,
    ...(rows.length > page.length && last && { nextCursor: last.id }),
  } satisfies Sent<typeof consentPageSchema>);
}
