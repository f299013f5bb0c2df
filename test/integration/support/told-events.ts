import type { ConsentId } from '../../../src/domain/ids';
import type { EventCursor } from '../../../src/events/cursor';
import type { EventEnvelope } from '../../../src/events/envelope';
import { readEvents, type EventPage, type EventQuery } from '../../../src/events/read-events';
import type { Database } from '../../../src/store/database';
import { APPLICATION_ID, RETENTION, type OwnBooks } from './own-books';

/** A page as an application would get it. */
export function pageAfter(
  database: Database,
  after?: EventCursor,
  query: Partial<EventQuery> = {},
): Promise<EventPage> {
  const source = { database, retentionDays: RETENTION.eventRetentionDays };
  return readEvents(source, { applicationId: APPLICATION_ID, limit: 100, ...query }, after);
}

/** Everything from there on, page by page. */
export async function allAfter(
  database: Database,
  after?: EventCursor,
  query: Partial<EventQuery> = {},
): Promise<{ readonly events: readonly EventEnvelope[]; readonly cursor: EventCursor }> {
  const events: EventEnvelope[] = [];
  for (let cursor = after; ;) {
    const page = await pageAfter(database, cursor, query);
    events.push(...page.events.map(({ envelope }) => envelope));
    cursor = page.cursor;
    if (!page.hasMore) return { events, cursor };
  }
}

/** Makes one event of it: a notice of another number of days. */
export async function touch(books: OwnBooks, id: ConsentId, days: number): Promise<void> {
  await books.database.updateTable('consents').set({ notice_days: days }).where('id', '=', id).execute();
}
