import { z } from 'zod';
import { eventTypePattern } from '../events/event-types';
import { ONE_LINE } from '../domain/one-line';
import { instant, pageLimit } from './request-input';
import { DELIVERY_STATUSES } from '../store/webhook-tables';

const MOST_TYPES = 50;
/** A week: longer than that, a secret is not being rotated. */
const LONGEST_OVERLAP_SECONDS = 7 * 24 * 60 * 60;
const DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;
const MOST_EVENTS = 100;
/** Standard Webhooks: between 24 and 64 bytes. */
const SECRET = /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const url = z
  .string()
  .min(1)
  .max(2_048)
  .meta({ format: 'uri', description: 'https, at a public host.', examples: ['https://app.example/webhooks'] });
const description = z.string().trim().min(1).max(200).regex(ONE_LINE, 'takes one line of text');
const eventTypes = z
  .array(z.enum(['*', ...eventTypePattern.options], 'takes a type of event, all of a kind such as consent.*, or *'))
  .min(1)
  .max(MOST_TYPES)
  .transform((types) => [...new Set(types)])
  .meta({ description: 'Types of events, `consent.*` for all of a kind, `*` for all: docs/events.md.' });
const secret = z
  .string()
  .regex(SECRET, 'takes whsec_ and 24 to 64 bytes in base64')
  .meta({ description: 'One of your own; otherwise one is made.' });

export const endpointRequestSchema = z
  .strictObject({
    url,
    description: description.optional(),
    eventTypes: eventTypes.default(['*']),
    secret: secret.optional(),
  })
  .meta({ id: 'WebhookEndpointRequest' });

export const endpointChangeSchema = z
  .strictObject({
    url: url.optional(),
    description: description.nullable().optional(),
    eventTypes: eventTypes.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'say what changes: url, description or eventTypes')
  .meta({ id: 'WebhookEndpointChange', minProperties: 1, description: '`description: null` removes it.' });

export const rotationSchema = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(LONGEST_OVERLAP_SECONDS)
      .default(DEFAULT_OVERLAP_SECONDS)
      .meta({ description: 'For how long the secrets before it sign as well.' }),
    secret: secret.optional(),
  })
  .meta({ id: 'WebhookSecretRotation' });

const byIds = z
  .strictObject({
    eventIds: z
      .array(z.string().regex(/^evt_[0-9a-f]{32}$/, 'an id of an event'))
      .min(1)
      .max(MOST_EVENTS),
  })
  .meta({ title: 'By id' });
const byTime = z
  .strictObject({
    since: instant,
    until: instant.optional().meta({ description: 'Until now, when absent.' }),
    onlyFailed: z.boolean().default(false).meta({ description: 'Only what was given up.' }),
  })
  .refine(({ since, until = new Date() }) => since < until, { path: ['until'], message: 'must be after since' })
  .meta({ title: 'By time' });

/** Which events are sent again: some by id, or those of a time. */
export const replaySchema = z.union([byIds, byTime]).meta({ id: 'WebhookReplay' });

export const deliveriesQuerySchema = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  type: z
    .string()
    .max(60)
    .regex(/^[a-z_]+\.[a-z_]+$/, 'a type of event')
    .optional(),
  eventId: z
    .string()
    .regex(/^evt_[0-9a-f]{32}$/, 'an id of an event')
    .optional(),
  since: instant.optional(),
  until: instant.optional(),
  limit: pageLimit,
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'the nextCursor of an earlier page')
    .optional(),
});
