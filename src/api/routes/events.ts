import type { RequestHandler } from 'express';
import { z } from 'zod';
import { eventView } from '../../exports/sheets';
import { listEvents } from '../../store/audit-events';
import type { ApiDependencies } from '../dependencies';
import { ownConsent } from '../own-consent';
import { requestInvalid } from '../problem';

const MOST_PER_PAGE = 200;
const DEFAULT_PER_PAGE = 50;
const MOST_TYPES = 20;

const TYPE = /^[a-z_]{1,40}\.([a-z_]{1,40}|\*)$/;

const instant = z.iso.datetime({ offset: true, message: 'an instant (RFC 3339)' }).transform((text) => new Date(text));

export const eventsQuerySchema = z
  .strictObject({
    /** One after the other with commas, or as a parameter that comes several times. */
    type: z
      .union([z.string(), z.array(z.string())])
      .transform((given) => [given].flat().flatMap((each) => each.split(',')))
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
    limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(DEFAULT_PER_PAGE),
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
    const parsed = eventsQuerySchema.safeParse(request.query);
    if (!parsed.success) throw requestInvalid(parsed.error);
    const { type: types, cursor: after, limit, ...query } = parsed.data;
    const rows = await listEvents(deps.database, { ...query, chain, types, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    response.set('Cache-Control', 'no-store').json({
      events: page.map(eventView),
      ...(rows.length > page.length && last && { nextCursor: last.seq }),
    });
  };
}
