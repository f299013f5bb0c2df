import type { ConsentEvent, Filters } from './contract';
import { answerOf, type CallOptions, type Connection } from './connection';
import { FdxConsentConnectionError, FdxConsentError } from './errors';
import { readMessages } from './event-stream';
import { Pages } from './pages';
import { pause } from './pause';
import { backoffMs } from './retry-after';

export interface StreamOptions {
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** The `cursor` of the last event that was worked off: goes on behind it. Without one: from now on. */
  readonly after?: string;
}

/** An event of a stream, with the place to go on from. */
export interface StreamedEvent {
  readonly event: ConsentEvent;
  readonly cursor: string;
}

/** What happens to your consents: docs/events.md. */
export class Events {
  constructor(private readonly connection: Connection) {}

  /** What has happened so far, oldest first. `pages(cursor)` goes on where an earlier reader stopped. */
  list(filters: Filters<'listEvents'> = {}, options?: CallOptions): EventPages {
    const place: { last: string | undefined } = { last: undefined };
    return new EventPages(async (cursor) => {
      const params = { query: { ...filters, ...(cursor !== undefined && { cursor }) } };
      const page = await answerOf(this.connection.raw.GET('/v1/events', { params, ...this.connection.with(options) }));
      place.last = page.nextCursor;
      return { items: page.events, nextCursor: page.hasMore ? page.nextCursor : undefined };
    }, place);
  }

  get(eventId: string, options?: CallOptions): Promise<ConsentEvent> {
    const params = { path: { eventId } };
    return answerOf(this.connection.raw.GET('/v1/events/{eventId}', { params, ...this.connection.with(options) }));
  }

  /**
   * Events as they happen, until `signal` is aborted. A line that ends is opened again where it ended: no event is missed, and none
   * comes twice.
   *
   * @throws {FdxConsentError} when the service will not have it, such as `event_position_gone`
   */
  async *stream(
    filters: Filters<'streamEvents'> = {},
    { signal, after }: StreamOptions = {},
  ): AsyncGenerator<StreamedEvent, void, undefined> {
    const place: Place = { cursor: after, failures: 0, retryMs: 2_000 };
    while (!isAborted(signal)) {
      try {
        yield* this.line(filters, place, signal);
      } catch (error) {
        if (isAborted(signal)) return;
        if (!mayPass(error)) throw error;
        place.failures += 1;
      }
      const moreMs = place.failures === 0 ? 0 : backoffMs(place.failures, undefined);
      // Aborted meanwhile, it is seen at the top.
      await pause(place.retryMs + moreMs, signal).catch(() => undefined);
    }
  }

  /** One connection, to its end. */
  private async *line(
    filters: Filters<'streamEvents'>,
    place: Place,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<StreamedEvent, void, undefined> {
    const from = place.cursor === undefined ? {} : { 'Last-Event-ID': place.cursor };
    const call = this.connection.with(signal ? { signal } : {}, { Accept: 'text/event-stream', ...from });
    const params = { query: filters };
    const result = await this.connection.raw.GET('/v1/events/stream', { params, parseAs: 'stream', ...call });
    const body = await answerOf(Promise.resolve(result));
    if (!body || !isStream(result.response)) throw noStream(result.response.status);
    const onRetry = (milliseconds: number): void => {
      place.retryMs = Math.min(Math.max(milliseconds, SHORTEST_RETRY_MS), LONGEST_RETRY_MS);
    };
    for await (const { id, data } of readMessages({ body, onRetry })) {
      place.failures = 0;
      if (id !== undefined) place.cursor = id;
      if (data) yield { event: eventOf(data), cursor: place.cursor ?? '' };
    }
  }
}

/** Whether it may be otherwise in a moment. */
function mayPass(error: unknown): boolean {
  if (error instanceof FdxConsentError) return error.status === 429 || error.status >= 500;
  if (!(error instanceof FdxConsentConnectionError)) return false;
  // Somebody else lives at this address. A gateway that is out of order may come back.
  return error.reason !== 'unexpected_answer' || (error.status !== undefined && error.status >= 500);
}

/** Whatever the service says: not without a pause, and not for longer than a silent line is believed. */
const SHORTEST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 60_000;

function isStream({ headers }: Response): boolean {
  return /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

function noStream(status: number): FdxConsentConnectionError {
  return new FdxConsentConnectionError('unexpected_answer', 'something else answered: no stream of events', { status });
}

function eventOf(data: string): ConsentEvent {
  try {
    return JSON.parse(data) as ConsentEvent;
  } catch {
    throw new FdxConsentConnectionError('unexpected_answer', 'something else answered: what came is not JSON');
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

interface Place {
  cursor: string | undefined;
  failures: number;
  retryMs: number;
}

/** A list of events that knows, when it was gone over, where to go on another time. */
export class EventPages extends Pages<ConsentEvent> {
  constructor(
    read: ConstructorParameters<typeof Pages<ConsentEvent>>[0],
    private readonly place: { readonly last: string | undefined },
  ) {
    super(read);
  }

  /** Behind the last page that was read; undefined before the first. Keep it, and give it to `pages` next time. */
  get lastCursor(): string | undefined {
    return this.place.last;
  }
}
