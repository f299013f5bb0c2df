import { DAY_MS } from '../domain/days';
import { ConsentFailure } from '../domain/failures';
import type { ApplicationId, ConsentId } from '../domain/ids';
import type { Database } from '../store/database';
import { findHead, isPositionReused, listEventsAfter, type EventHead } from '../store/events';
import type { EventCursor } from './cursor';
import { envelopeOf, type EventEnvelope } from './envelope';
import type { EventType } from './event-types';

export interface EventSource {
  readonly database: Database;
  /** How long events are kept. */
  readonly retentionDays: number;
}

export interface EventQuery {
  readonly applicationId: ApplicationId;
  /** All when absent. */
  readonly types?: readonly EventType[] | undefined;
  readonly consentId?: ConsentId | undefined;
  /** Not before. */
  readonly from?: Date | undefined;
  /** Before. */
  readonly to?: Date | undefined;
  readonly limit: number;
}

/** An event and where a reader is that has read it. */
export interface ReadEvent {
  readonly envelope: EventEnvelope;
  readonly cursor: EventCursor;
}

export interface EventPage {
  readonly events: readonly ReadEvent[];
  /** Where to go on, also when there was nothing. */
  readonly cursor: EventCursor;
  /** There are more already. */
  readonly hasMore: boolean;
}

/**
 * The next events of an application, oldest first. Whoever goes on from the cursor of each page reads every event once: none is
 * skipped because its transaction took longer, and none comes twice.
 *
 * @param after where the reader has come to; from the oldest that is kept when it is undefined
 * @throws {ConsentFailure} event_position_gone: what came after the cursor is no longer kept, or was lost with a restored backup
 */
export async function readEvents(
  { database, retentionDays }: EventSource,
  query: EventQuery,
  after: EventCursor | undefined,
): Promise<EventPage> {
  const head = await findHead(database);
  if (after) await requireStillThere(database, query.applicationId, { after, head, retentionDays });
  const { limit, ...what } = query;
  const range = { ...what, after: after?.position ?? '0', upTo: head.position };
  const rows = await listEventsAfter(database, { ...range, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const events = page.map((row) => ({
    envelope: envelopeOf(row),
    cursor: { position: row.position ?? '0', givenAt: head.at, since: row.at },
  }));
  const last = events.at(-1)?.cursor;
  if (rows.length > page.length && last) return { events, cursor: last, hasMore: true };
  if (head.isComplete) return { events, cursor: cursorAt(head), hasMore: false };
  const since = last?.since ?? after?.since ?? head.at;
  return { events, cursor: { ...cursorAt(head), since }, hasMore: true };
}

/** Where a reader begins who wants what comes from now on. */
export async function endOfEvents({ database }: Pick<EventSource, 'database'>): Promise<EventCursor> {
  return cursorAt(await findHead(database));
}

function cursorAt({ position, at }: EventHead): EventCursor {
  return { position, givenAt: at, since: at };
}

async function requireStillThere(
  database: Database,
  applicationId: ApplicationId,
  { after, head, retentionDays }: { after: EventCursor; head: EventHead; retentionDays: number },
): Promise<void> {
  if (after.since.getTime() < head.at.getTime() - retentionDays * DAY_MS) {
    throw new ConsentFailure('event_position_gone', `events are kept for ${retentionDays} days.`);
  }
  const isFromElsewhere =
    BigInt(after.position) > BigInt(head.position) ||
    (await isPositionReused(database, applicationId, { position: after.position, at: after.givenAt }));
  if (isFromElsewhere) throw new ConsentFailure('event_position_gone', 'the database was restored since.');
}
