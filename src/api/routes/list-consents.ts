import type { RequestHandler } from 'express';
import { z } from 'zod';
import { CONSENT_STATUSES, NEXT_ACTIONS } from '../../domain/consent';
import { isConsentId, type InstitutionId } from '../../domain/ids';
import { listConsents } from '../../store/consents';
import { applicationOf } from '../authentication';
import { consentView } from '../consent-view';
import type { ApiDependencies } from '../dependencies';
import { dataKeyOf } from '../own-consent';
import { requestInvalid } from '../problem';

const MOST_PER_PAGE = 200;
const DEFAULT_PER_PAGE = 50;

const querySchema = z.strictObject({
  status: z.enum(CONSENT_STATUSES).optional(),
  nextAction: z.enum(NEXT_ACTIONS).optional(),
  institutionId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'an id from GET /v1/institutions')
    .optional(),
  /** Active consents whose deadline, theirs or the bank's, is earlier. */
  expiresBefore: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(DEFAULT_PER_PAGE),
  /** `nextCursor` of the page before. */
  cursor: z.string().refine(isConsentId, 'the nextCursor of an earlier page').optional(),
});

/** `GET /v1/consents`: the application's own, oldest first, a page at a time. */
export function readConsents(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { institutionId, cursor, ...query } = parse(request.query);
    const rows = await listConsents(deps.database, {
      ...query,
      applicationId: applicationOf(response).id,
      ...(institutionId !== undefined && { institutionId: institutionId as InstitutionId }),
      ...(cursor !== undefined && { after: cursor }),
      limit: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const consents = await Promise.all(
      page.map(async (row) => consentView(row, await dataKeyOf(deps, row), deps.settings.publicUrl)),
    );
    const last = page.at(-1);
    response.set('Cache-Control', 'no-store').json({
      consents,
      ...(rows.length > page.length && last && { nextCursor: last.id }),
    });
  };
}

function parse(query: unknown): z.infer<typeof querySchema> {
  const parsed = querySchema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error);
}
