import { setTimeout as delay } from 'node:timers/promises';
import type { EventCursor } from '../events/cursor';
import { readEvents, type EventPage, type EventQuery, type EventSource } from '../events/read-events';
import type { ProgressFeed } from '../store/progress';
import type { EventStream } from './event-stream';
import { failureOf } from './problem';

export interface StreamPace {
  /** Proxies close what is silent for a minute, some for half of one. */
  readonly heartbeatMs: number;
  /** A key that is revoked opens nothing any more; a stream that it opened ends within this time. */
  readonly askAgainMs: number;
}

export const PACE: StreamPace = { heartbeatMs: 15_000, askAgainMs: 60_000 };

export interface Following {
  readonly source: EventSource;
  readonly feed: Pick<ProgressFeed, 'nextChange'>;
  readonly stream: EventStream;
  readonly query: EventQuery;
  readonly after: EventCursor;
  /** Judges again whether the reader may have what it asked for. @throws {ConsentFailure} when it may not */
  readonly askAgain: () => Promise<void>;
  /** The reader is gone, or we are about to go. */
  readonly signal: AbortSignal;
  readonly pace: StreamPace;
}

const AFTER_TROUBLE_MS = 1_000;

/**
 * Sends what happens as it happens, until nobody reads. A database that is away is waited for: a browser that is answered with 503
 * does not come back.
 *
 * @throws {ConsentFailure} when the reader may not read any more, or what it has not read is gone
 */
export async function followEvents(following: Following): Promise<void> {
  const { feed, stream, query, signal } = following;
  const { heartbeatMs, askAgainMs } = following.pace;
  let cursor = following.after;
  let [askAgainAt, beatAt] = [Date.now() + askAgainMs, Date.now() + heartbeatMs];
  let woken: Promise<void> | undefined;
  await stream.open(cursor);
  while (!signal.aborted) {
    // Before looking: what happens meanwhile wakes us too.
    woken ??= feed.nextChange(query.applicationId, heartbeatMs, signal);
    const page = await look(following, cursor, Date.now() >= askAgainAt);
    if (page === 'later') {
      await delay(AFTER_TROUBLE_MS, undefined, { signal }).catch(() => undefined);
    } else {
      if (Date.now() >= askAgainAt) askAgainAt = Date.now() + askAgainMs;
      cursor = page.cursor;
      await stream.send(page.events);
      if (page.events.length > 0) beatAt = Date.now() + heartbeatMs;
      if (page.hasMore) continue;
      await woken;
      woken = undefined;
    }
    if (Date.now() >= beatAt) {
      await stream.beat(cursor);
      beatAt = Date.now() + heartbeatMs;
    }
  }
}

async function look(
  { source, query, askAgain }: Following,
  cursor: EventCursor,
  isToAskAgain: boolean,
): Promise<EventPage | 'later'> {
  try {
    if (isToAskAgain) await askAgain();
    return await readEvents(source, query, cursor);
  } catch (error) {
    if (failureOf(error).kind === 'unavailable') return 'later';
    throw error;
  }
}
