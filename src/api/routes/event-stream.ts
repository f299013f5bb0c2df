import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ConsentFailure } from '../../domain/failures';
import type { ApplicationId } from '../../domain/ids';
import { readCursor, type EventCursor } from '../../events/cursor';
import { endOfEvents, readEvents, type EventQuery, type EventSource } from '../../events/read-events';
import { framesOf } from '../../stack-frames';
import { applicationOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { eventFilters, filtersOf } from '../event-query';
import { EventStream, ReaderTooSlow } from '../event-stream';
import { followEvents, PACE } from '../follow-events';
import { requestInvalid } from '../problem';
import { parseQuery } from '../request-input';
import { createPlaces } from '../places';

export const eventStreamQuerySchema = z.strictObject({
  ...eventFilters,
  from: eventFilters.from.meta({ description: 'Not before (RFC 3339). Without it and without a cursor: from now on.' }),
});

export const eventStreamHeadersSchema = z.object({
  'Last-Event-ID': eventFilters.cursor.meta({
    description: 'The `id` of the last event that you have. Counts before `cursor`.',
  }),
});

type StreamDependencies = Pick<ApiDependencies, 'database' | 'settings' | 'progress' | 'stopping' | 'log'>;

/** Few enough that a page of each, and the database, bear it. */
const EVENTS_AT_ONCE = 100;
/** Of one application in one process. */
export const MOST_STREAMS = 20;
const RETRY_AFTER_SECONDS = 10;

/**
 * `GET /v1/events/stream`: events as they happen, as server-sent events, each with its place as `id`. A reader that comes back with
 * `Last-Event-ID` misses none and gets none twice. The line ends when the API stops, when the key is no longer good, and when the
 * reader does not read.
 *
 * @param door judges whether the caller may have what it asks for
 * @throws {ConsentFailure} event_position_gone, not_acceptable, rate_limited: before the stream begins
 */
export function streamEvents(deps: StreamDependencies, door: RequestHandler, pace = PACE): RequestHandler {
  const places = createPlaces({ ofApplication: MOST_STREAMS });
  return async (request, response) => {
    if (request.accepts('text/event-stream') === false)
      throw new ConsentFailure('not_acceptable', 'text/event-stream.');
    const source = { database: deps.database, retentionDays: deps.settings.eventRetentionDays };
    const { query, after } = await beginningOf(source, request, applicationOf(response).id);
    if (request.method === 'HEAD') {
      setHeaders(response);
      response.end();
      return;
    }
    const leave = places.take(query.applicationId);
    if (!leave) {
      throw new ConsentFailure('rate_limited', `it holds ${MOST_STREAMS} streams open here.`, RETRY_AFTER_SECONDS);
    }
    const signal = AbortSignal.any([closing(response, leave), deps.stopping]);
    setHeaders(response);
    const stream = new EventStream(response, signal);
    const askAgain = () => passes(door, request, response);
    try {
      await followEvents({ source, feed: deps.progress, stream, query, after, askAgain, signal, pace });
      response.end();
    } catch (error) {
      end(deps, response, error);
    }
  };
}

async function beginningOf(
  source: EventSource,
  request: Request,
  applicationId: ApplicationId,
): Promise<{ readonly query: EventQuery; readonly after: EventCursor }> {
  // Who has had no event yet may send an empty one.
  const headers = eventStreamHeadersSchema.safeParse({ 'Last-Event-ID': request.get('last-event-id') || undefined });
  if (!headers.success) throw requestInvalid(headers.error);
  const { cursor, ...filters } = parseQuery(eventStreamQuerySchema, request);
  const query = { ...filtersOf(applicationId, filters), limit: EVENTS_AT_ONCE };
  const given = readCursor(headers.data['Last-Event-ID'] ?? cursor ?? '');
  if (given) {
    // What is wrong with it is said while there is still a status to say it with.
    await readEvents(source, { ...query, limit: 1 }, given);
    return { query, after: given };
  }
  const now = await endOfEvents(source);
  return { query, after: filters.from ? { ...now, position: '0' } : now };
}

function setHeaders(response: Response): void {
  response.set('Content-Type', 'text/event-stream').set('Cache-Control', 'no-store');
  // nginx would wait for more, and hold back what there is.
  response.set('X-Accel-Buffering', 'no');
}

/** Tells that the reader is gone, and gives its place back. */
function closing(response: Response, leave: () => void): AbortSignal {
  const gone = new AbortController();
  const left = () => {
    leave();
    gone.abort();
  };
  // While we looked where to begin.
  if (response.closed) left();
  else response.once('close', left);
  return gone.signal;
}

function passes(door: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('the door is closed'));
    };
    // Headers are on their way already: what the door would add to them is no longer heard.
    const silent = Object.create(response) as Response;
    silent.set = () => silent;
    void Promise.resolve(door(request, silent, next)).catch(reject);
  });
}

/** There is no status any more to say why with: whoever comes back is told. */
function end({ log }: StreamDependencies, response: Response, error: unknown): void {
  if (error instanceof ConsentFailure) {
    response.end();
    return;
  }
  response.destroy();
  if (error instanceof ReaderTooSlow) return;
  const name = error instanceof Error ? error.name : typeof error;
  log.error({ requestId: response.locals['requestId'] as string, name, frames: framesOf(error) }, 'a stream broke');
}
