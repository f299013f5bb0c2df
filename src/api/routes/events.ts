import type { RequestHandler } from 'express';
import { z } from 'zod';
import { eventView } from '../../exports/sheets';
import { listEvents } from '../../store/audit-events';
import type { ApiDependencies } from '../dependencies';
import { ownConsent } from '../own-consent';
import { instant, pageLimit, parseQuery, severalWords } from '../request-input';

const MOST_TYPES = 20;

const TYPE = /^[a-z_]{1,40}\.([a-z_]{1,40}|\*)$/;

export const eventsQuerySchema = z
  .strictObject({
    type: severalWords
      .pipe(z.array(z.string().regex(TYPE, 'a type, or consent.*')).max(MOST_TYPES))
      .meta({
        description: `Types such as \`consent.revoked\` or \`consent.*\`, with commas between; at most ${MOST_TYPES}.`,
        override: ({ jsonSchema }) => {
          delete jsonSchema.anyOf;
          jsonSchema.type = 'string';
          jsonSchema.pattern = '^[a-z_]{1,40}\\.([a-z_]{1,40}|\\*)(,[a-z_]{1,40}\\.([a-z_]{1,40}|\\*)){0,19}$';
        },
      })
      .optional(),
    actor: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,200}\*?$/, 'an actor, or application:*')
      .optional(),
    from: instant.optional(),
    to: instant.optional(),
    order: z.enum(['asc', 'desc']).default('asc'),
    limit: pageLimit,
    /** `nextCursor` of the page before. */
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,17}$/, 'the nextCursor of an earlier page')
      .optional(),
  })
  .refine(({ from, to }) => !(from && to && from >= to), { path: ['to'], message: 'later than from' });

/** `GET /v1/consents/{consentId}/events`: what has happened with it, in its order, as it is chained. Also of one that has ended. */
export function readEvents(deps: Pick<ApiDependencies, 'database'>): RequestHandler {
  return async (request, response) => {
    const { id: chain } = await ownConsent(deps, request, response);
    const { type: types, cursor: after, limit, ...query } = parseQuery(eventsQuerySchema, request);
    const rows = await listEvents(deps.database, { ...query, chain, types, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    response.set('Cache-Control', 'no-store').json({
      events: page.map(eventView),
      ...(rows.length > page.length && last && { nextCursor: last.seq }),
    });
  };
}
