import { Client } from 'pg';
import type { ConsentId } from '../../src/domain/ids';
import { readCursor, writeCursor } from '../../src/events/cursor';
import type { EventEnvelope } from '../../src/events/envelope';
import { grantToServiceRole } from '../../src/store/service-role';
import { openDatabase } from '../../src/store/database';
import { removeOldEvents } from '../../src/store/events';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { allAfter, pageAfter, touch } from './support/told-events';

/*
 * That a reader sees each event once, in whatever order transactions commit, and is told when it cannot.
 */
const stack = currentStack();
let books: OwnBooks;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
});
afterAll(() => books.close());

const isGone = { code: 'event_position_gone' };

test('an event whose transaction began first and commits last is read last, and not skipped', async () => {
  const [slow, quick] = [await plantConsent(books, 'active'), await plantConsent(books, 'active')];
  const start = (await allAfter(books.database)).cursor;
  const held = new Client({ connectionString: books.databaseUrl });
  await held.connect();
  await held.query('BEGIN');
  await held.query('UPDATE consents SET notice_days = 7 WHERE id = $1', [slow.id]);
  // Events are written as a transaction commits: this one writes now what it will commit later.
  await held.query('SET CONSTRAINTS ALL IMMEDIATE');
  await touch(books, quick.id, 7);
  const first = await allAfter(books.database, start);
  expect(first.events.map(({ data }) => data['consentId'])).toEqual([quick.id]);
  await held.query('COMMIT');
  await held.end();
  const second = await allAfter(books.database, first.cursor);
  expect(second.events.map(({ data }) => data['consentId'])).toEqual([slow.id]);
  const [early, late] = [second.events[0]?.timestamp ?? '', first.events[0]?.timestamp ?? ''];
  expect(early <= late).toBe(true);
});

test('whoever asks while others ask is told of all that was committed before', async () => {
  const consents = await Promise.all(Array.from({ length: 8 }, () => plantConsent(books, 'active')));
  const { cursor } = await allAfter(books.database);
  const changeAndRead = async (id: ConsentId) => {
    for (let days = 1; days <= 20; days += 1) {
      await touch(books, id, days);
      const { events } = await allAfter(books.database, cursor, { consentId: id });
      expect(events).toHaveLength(days);
    }
  };
  await Promise.all(consents.map(({ id }) => changeAndRead(id)));
});

test('of many writers every event is read once, and those of a consent in their order, by several readers at once', async () => {
  const consents = await Promise.all(Array.from({ length: 6 }, () => plantConsent(books, 'active')));
  const start = (await allAfter(books.database)).cursor;
  const EACH = 40;
  let isWriting = true;
  const write = async (index: number) => {
    for (let n = 1; n <= EACH; n += 1) {
      // Two at a time, so that transactions overlap and wait for each other.
      const ids = [consents[index]?.id, consents[(index + 1) % consents.length]?.id].toSorted() as ConsentId[];
      await books.database.transaction().execute(async (transaction) => {
        for (const id of ids) {
          const days = index * 1_000 + n;
          await transaction.updateTable('consents').set({ notice_days: days }).where('id', '=', id).execute();
        }
      });
    }
  };
  const read = async () => {
    const database = openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
    const seen: EventEnvelope[] = [];
    for (let cursor = start, isLast = false; !isLast;) {
      isLast = !isWriting;
      const next = await allAfter(database, cursor, { limit: 7 });
      seen.push(...next.events);
      cursor = next.cursor;
    }
    await database.destroy();
    return seen;
  };
  const writing = Promise.all(consents.map((_, index) => write(index))).finally(() => {
    isWriting = false;
  });
  const [, ...readers] = await Promise.all([writing, read(), read()]);
  const written = await books.run(
    `SELECT id FROM events WHERE consent_id = ANY($1) AND type = 'consent.updated' ORDER BY position`,
    [consents.map(({ id }) => id)],
  );
  expect(written).toHaveLength(consents.length * EACH * 2);
  for (const seen of readers) {
    expect(seen.map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    for (const { id } of consents) {
      const versions = seen.filter(({ data }) => data['consentId'] === id).map(({ version }) => version);
      expect(versions).toEqual(versions.toSorted((one, other) => one - other));
    }
  }
});

describe('a cursor', () => {
  test('is what was written, and nothing else is one', () => {
    const cursor = { position: '42', givenAt: new Date(1_000), since: new Date(2_000) };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
    for (const text of [
      '',
      'x',
      Buffer.from('2.1.1.1').toString('base64url'),
      Buffer.from('1.-1.1.1').toString('base64url'),
    ]) {
      expect(readCursor(text)).toBeUndefined();
    }
  });

  test('moves on where there is nothing for its reader', async () => {
    const { id } = await plantConsent(books, 'active');
    const nothing = await pageAfter(books.database, undefined, { types: ['consent.purged'], limit: 1 });
    expect([nothing.events, nothing.hasMore]).toEqual([[], false]);
    await touch(books, id, 3);
    const { events } = await allAfter(books.database, nothing.cursor);
    expect(events.map(({ type }) => type)).toEqual(['consent.updated']);
  });

  test('from before the events that are kept is gone; one that was given out since is not', async () => {
    const { cursor } = await allAfter(books.database);
    const since = (days: number) => ({
      ...cursor,
      since: new Date(cursor.since.getTime() - days * 24 * 60 * 60 * 1000),
    });
    await expect(pageAfter(books.database, since(30.1))).rejects.toMatchObject(isGone);
    expect(await pageAfter(books.database, since(29.9))).toMatchObject({ events: [] });
  });

  test('is gone when a restored backup ends before it', async () => {
    const { cursor } = await allAfter(books.database);
    const ahead = { ...cursor, position: String(BigInt(cursor.position) + 1n) };
    await expect(pageAfter(books.database, ahead)).rejects.toMatchObject(isGone);
  });

  test('is gone when positions before it were given a second time', async () => {
    const { id } = await plantConsent(books, 'active');
    const { cursor } = await allAfter(books.database);
    await touch(books, id, 5);
    const later = await allAfter(books.database, cursor);
    // As if a backup from before that one had been restored, and life gone on.
    await books.run('DELETE FROM events WHERE position > $1', [cursor.position]);
    await books.run(`SELECT setval('event_positions', $1)`, [cursor.position]);
    for (const days of [6, 7, 8]) await touch(books, id, days);
    await pageAfter(books.database, cursor);
    await expect(pageAfter(books.database, later.cursor)).rejects.toMatchObject(isGone);
    const again = await allAfter(books.database, cursor);
    expect(again.events).toHaveLength(3);
  });
});

describe('the service role', () => {
  test('numbers events and removes old ones, and can do nothing else to them', async () => {
    const role = `teller_${process.pid}`;
    await books.run(`CREATE ROLE ${role} LOGIN PASSWORD 'teller'`);
    const url = Object.assign(new URL(books.databaseUrl), { username: role, password: 'teller' }).href;
    const database = openDatabase({ url, maxConnections: 1, onConnectionLost: () => undefined });
    try {
      await grantToServiceRole(books.database, role);
      const { id } = await plantConsent(books, 'active');
      const client = new Client({ connectionString: url });
      await client.connect();
      for (const statement of [
        `INSERT INTO events (id, application_id, consent_id, version, type, at, data) VALUES ('evt_1', 'budget-bee', '${id}', 99, 'consent.active', now(), '{}')`,
        `UPDATE events SET position = NULL`,
        `DELETE FROM events`,
        `SELECT nextval('event_positions')`,
        `INSERT INTO audit_events SELECT * FROM audit_events`,
        `CREATE TEMP TABLE t (LIKE audit_events); CREATE TRIGGER t AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tell_application()`,
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
      await client.end();
      const { events } = await allAfter(database, undefined, { consentId: id });
      expect(events.length).toBeGreaterThan(3);
      // Whatever it asks for, what is younger than a week stays.
      await books.run(`UPDATE events SET at = at - interval '7 days 59 minutes' WHERE id = $1`, [events[0]?.id]);
      await books.run(`UPDATE events SET at = at - interval '7 days 61 minutes' WHERE id = $1`, [events[1]?.id]);
      expect(await removeOldEvents(database, 0, 100)).toBe(1);
      const left = await allAfter(database, undefined, { consentId: id });
      expect(left.events.map((event) => event.id)).toEqual(
        events.map((event) => event.id).filter((each) => each !== events[1]?.id),
      );
    } finally {
      await database.destroy();
      await books.run(`DROP OWNED BY ${role}`);
      await books.run(`DROP ROLE ${role}`);
    }
  });
});
