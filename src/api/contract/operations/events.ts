import { z } from 'zod';
import { ALL_EVENT_TYPES, EVENT_TYPES } from '../../../events/event-types';
import { envelopeSchema, EVENT_EXAMPLE } from '../../../events/envelope';
import { applicationEventsQuerySchema } from '../../routes/application-events';
import { eventStreamHeadersSchema, eventStreamQuerySchema } from '../../routes/event-stream';
import { answersJson } from '../answers';
import { operation } from '../operation';

const READ = { role: 'application', scope: 'events:read' } as const;

const CURSOR_EXAMPLE = 'MS40MjEuMTc3MjM1ODYxMjIwNC4xNzcyMzU4NjEyMjA0';

const nextCursor = z
  .string()
  .meta({ description: 'Where to go on. Always there: a poll that found nothing goes on from it as well.' });

const pageSchema = z
  .strictObject({
    events: z.array(envelopeSchema),
    nextCursor,
    hasMore: z.boolean().meta({ description: 'Whether there are more already; if not, ask again in a while.' }),
  })
  .meta({ id: 'EventPage', description: 'Events of your consents, oldest first.' });

const CATALOGUE = ALL_EVENT_TYPES.map((type) => `- \`${type}\`: ${EVENT_TYPES[type].meaning}`).join('\n');

export const listEventsOperation = operation({
  id: 'listEvents',
  method: 'get',
  path: '/v1/events',
  tag: 'Events',
  summary: 'What happened to your consents, oldest first',
  description: `Goes on from \`nextCursor\` of the page before. Every event comes once, and the events of one consent in their order.\n\n${CATALOGUE}`,
  access: READ,
  query: applicationEventsQuerySchema,
  answers: {
    200: answersJson('A page of events.', pageSchema, {
      events: [EVENT_EXAMPLE],
      nextCursor: CURSOR_EXAMPLE,
      hasMore: false,
    }),
  },
  habits: ['wait'],
  failures: ['event_position_gone'],
});

export const streamEventsOperation = operation({
  id: 'streamEvents',
  method: 'get',
  path: '/v1/events/stream',
  tag: 'Events',
  summary: 'Events as they happen, as server-sent events',
  description:
    'Each event has `id` (where to go on: send it back as `Last-Event-ID`, as browsers do by themselves), `event` (its type) and `data` ' +
    '(the same JSON object as in the list, in one line). Comments keep a quiet line open. The line may end at any time: come back.',
  access: READ,
  query: eventStreamQuerySchema,
  headers: eventStreamHeadersSchema,
  answers: {
    200: {
      description: 'A stream without an end (WHATWG HTML §9.2).',
      content: {
        'text/event-stream': {
          schema: z.string(),
          example: `retry: 2000\nid: ${CURSOR_EXAMPLE}\n\nid: ${CURSOR_EXAMPLE}\nevent: ${EVENT_EXAMPLE.type}\ndata: ${JSON.stringify(EVENT_EXAMPLE)}\n\n`,
        },
      },
    },
  },
  failures: ['event_position_gone', 'not_acceptable'],
});

export const getEventOperation = operation({
  id: 'getEvent',
  method: 'get',
  path: '/v1/events/{eventId}',
  tag: 'Events',
  summary: 'An event',
  access: READ,
  answers: { 200: answersJson('The event.', envelopeSchema, EVENT_EXAMPLE) },
  habits: ['entity-tag'],
  failures: ['event_not_found'],
});
