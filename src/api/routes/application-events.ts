import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ConsentFailure } from '../../domain/failures';
import { readCursor, writeCursor } from '../../events/cursor';
import { envelopeOf } from '../../events/envelope';
import { readEvents } from '../../events/read-events';
import { findEvent } from '../../store/events';
import { applicationOf, parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { eventFilters, filtersOf } from '../event-query';
import { sendTagged } from '../entity-tag';
import { pageLimit, parseQuery } from '../request-input';
import type { WaitingRoom } from '../waiting';

export const applicationEventsQuerySchema = z
  .strictObject({
    ...eventFilters,
    to: eventFilters.from.meta({ description: 'Before (RFC 3339).' }),
    limit: pageLimit,
  })
  .refine(({ from, to }) => !(from && to && from >= to), { path: ['to'], message: 'later than from' });

/**
 * `GET /v1/events`: what happened to the application's consents, oldest first. There is always a cursor to go on with: a poll that
 * found nothing goes on from there as well. `Prefer: wait` waits for the next event.
 *
 * @throws {ConsentFailure} event_position_gone
 */
export function readApplicationEvents(
  deps: Pick<ApiDependencies, 'database' | 'settings'>,
  room: WaitingRoom,
): RequestHandler {
  return async (request, response) => {
    const { cursor, limit, to, ...filters } = parseQuery(applicationEventsQuerySchema, request);
    const query = { ...filtersOf(applicationOf(response).id, filters), to, limit };
    const source = { database: deps.database, retentionDays: deps.settings.eventRetentionDays };
    let after = cursor === undefined ? undefined : readCursor(cursor);
    const page = await room.untilEnough(request, response, {
      id: query.applicationId,
      look: async () => {
        const seen = await readEvents(source, query, after);
        // What the filters leave out is behind us.
        after = seen.cursor;
        return seen;
      },
      isEnough: ({ events, hasMore }) => events.length > 0 || hasMore,
    });
    response.set('Cache-Control', 'no-store').json({
      events: page.events.map(({ envelope }) => envelope),
      nextCursor: writeCursor(page.cursor),
      hasMore: page.hasMore,
    });
  };
}

/** `GET /v1/events/{eventId}`. Someone else's and one that does not exist give the same answer. @throws {ConsentFailure} event_not_found */
export function readApplicationEvent({ database }: Pick<ApiDependencies, 'database'>): RequestHandler {
  return async (request, response) => {
    const row = await findEvent(database, parameterOf(request, 'eventId'));
    if (row?.application_id !== applicationOf(response).id) throw new ConsentFailure('event_not_found');
    sendTagged(request, response, envelopeOf(row));
  };
}
