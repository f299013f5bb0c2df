import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Client } from 'pg';
import { authenticate } from '../../src/api/authentication';
import type { ApiDependencies } from '../../src/api/dependencies';
import type { StreamPace } from '../../src/api/follow-events';
import { failureHandler } from '../../src/api/problem';
import { MOST_STREAMS, streamEvents } from '../../src/api/routes/event-stream';
import { createAccessTokens } from '../../src/access/access-tokens';
import { createKeyUse } from '../../src/store/key-use';
import { createApiKey } from '../../src/store/api-keys';
import { openProgressFeed, type ProgressFeed } from '../../src/store/progress';
import { currentStack } from '../setup/stack-access';
import { startOtherApi, type OtherApi } from './support/other-api';
import { APPLICATION_ID, OwnBooks, silent } from './support/own-books';
import { plantConsent, type PlantedConsent } from './support/planted-consent';
import { StreamReader } from './support/stream-reader';
import { allAfter, touch } from './support/told-events';
import { until } from './support/until';

/*
 * The live view, over API processes of its own that stop and die.
 */
const stack = currentStack();
let books: OwnBooks;
let consent: PlantedConsent;
let api: OtherApi;

const start = (name: string) =>
  startOtherApi(stack, name, {
    DATABASE_URL: books.databaseUrl,
    VAULT_KEYS: books.vaultKeys,
    AUDIT_PROTECTION: 'warn',
    INSTITUTIONS_FILE: '',
  });

beforeAll(async () => {
  books = await OwnBooks.open(stack);
  consent = await plantConsent(books, 'active');
  api = await start('stream-api');
});
afterAll(async () => {
  await api.stop();
  await books.close();
});

const url = (query = '') => `${api.application.stack.urls.api}/v1/events/stream${query}`;
/** Well before the next heartbeat, at which the stream would look by itself. */
const SOON_MS = 5_000;
const has = (reader: StreamReader, count: number) =>
  until(`${count} events`, () => Promise.resolve(reader.seen.length >= count), SOON_MS);

test('tells at once of what happens from now on, and only of what was asked for', async () => {
  const [all, purges] = [new StreamReader(books.applicationKey), new StreamReader(books.applicationKey)];
  const { status, headers } = await all.open(url());
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect([headers.get('cache-control'), headers.get('x-accel-buffering')]).toEqual(['no-store', 'no']);
  await purges.open(url('?type=consent.purged,invitation.*'));
  await touch(books, consent.id, 21);
  await has(all, 1);
  expect(all.seen).toMatchObject([{ type: 'consent.updated', data: { consentId: consent.id } }]);
  expect(purges.seen).toEqual([]);
  await books.run(
    `UPDATE invitations SET outcome = 'lapsed', closed_at = now() WHERE consent_id = $1 AND closed_at IS NULL`,
    [consent.id],
  );
  await has(purges, 1);
  for (const reader of [all, purges]) reader.leave();
});

test('a reader that comes back after each kill, stop and break sees every event exactly once', async () => {
  const { cursor } = await allAfter(books.database);
  const reader = new StreamReader(books.applicationKey);
  const enough = new AbortController();
  const writing = (async () => {
    for (let days = 1; !enough.signal.aborted; days += 1) await touch(books, consent.id, days * 100);
  })();
  const reads = async (more: number) => {
    const count = reader.seen.length + more;
    const { ended } = await reader.open(url());
    await has(reader, count);
    return { ended };
  };
  const first = await reads(20);
  await api.kill();
  await first.ended;
  api = await start('stream-api-after-kill');
  const second = await reads(20);
  // The connection that listens breaks: the stream looks by itself until there is another.
  await breakListener();
  await has(reader, reader.seen.length + 20);
  enough.abort();
  await writing;
  // It ends when the process is told to stop, which does not wait for it.
  await api.stop();
  await second.ended;
  api = await start('stream-api-after-stop');
  const { events } = await allAfter(books.database, cursor);
  await reader.open(url());
  await until('the last one', () => Promise.resolve(reader.seen.at(-1)?.id === events.at(-1)?.id), SOON_MS);
  reader.leave();
  const beginning = events.findIndex(({ id }) => id === reader.seen[0]?.id);
  expect(reader.seen.map(({ id }) => id)).toEqual(events.slice(beginning).map(({ id }) => id));
  expect(reader.seen.length).toBeGreaterThan(60);
});

async function breakListener(): Promise<void> {
  const client = new Client({ connectionString: books.databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~ '^LISTEN|advisory_lock_shared'`,
  );
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
}

test('begins where it is told: at a time, or a cursor of the list', async () => {
  const { json } = await api.application.call('/v1/events?limit=1', { key: books.applicationKey });
  const { events } = await allAfter(books.database);
  const beginnings = [`?cursor=${String(json['nextCursor'])}`, `?from=${events[0]?.timestamp ?? ''}`];
  for (const [index, query] of beginnings.entries()) {
    const reader = new StreamReader(books.applicationKey);
    await reader.open(url(query));
    const expected = events.slice(1 - index).map(({ id }) => id);
    await has(reader, expected.length);
    reader.leave();
    expect(reader.seen.map(({ id }) => id)).toEqual(expected);
  }
});

describe('a line that stays open', () => {
  let server: Server;
  let feed: ProgressFeed;
  const stopping = new AbortController();
  const reader = () => new StreamReader(books.applicationKey);
  const place = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  /** In this process, because nobody waits for a minute. */
  const serve = async (pace: StreamPace) => {
    const access = { role: 'application', scope: 'events:read' } as const;
    const keyUse = createKeyUse(books.database, () => undefined);
    const accessTokens = createAccessTokens([], { proxyUrl: undefined, onUnreadable: () => undefined });
    const door = authenticate({ database: books.database, keyUse, accessTokens }, access);
    const settings = { eventRetentionDays: 30 } as ApiDependencies['settings'];
    const deps = {
      database: books.database,
      settings,
      progress: feed,
      stopping: stopping.signal,
      log: silent() as never,
    };
    server = express()
      .get('/', door, streamEvents(deps, door, pace), failureHandler(deps.log))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
  };
  beforeAll(() => {
    feed = openProgressFeed(books.databaseUrl);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  afterAll(() => feed.close());

  test('shows that it is, and from where to go on although nothing happens', async () => {
    await serve({ heartbeatMs: 50, askAgainMs: 60_000 });
    const waiting = reader();
    await waiting.open(place());
    await until('three signs of life', () => Promise.resolve(waiting.beats >= 3), SOON_MS);
    expect(waiting.seen).toEqual([]);
    waiting.leave();
  });

  test('ends when its key is revoked', async () => {
    await serve({ heartbeatMs: 50, askAgainMs: 100 });
    const owner = { role: 'application', applicationId: APPLICATION_ID } as const;
    const { id, apiKey } = await createApiKey(books.database, owner, 'to be revoked');
    const revoked = new StreamReader(apiKey);
    const line = await revoked.open(place());
    await until('a sign of life after it was asked again', () => Promise.resolve(revoked.beats >= 4), SOON_MS);
    await books.run('UPDATE api_keys SET revoked_at = now() WHERE id = $1', [id]);
    await line.ended;
    expect((await revoked.open(place())).status).toBe(401);
  });
});

describe('a stream is refused', () => {
  const call = (query = '', headers: Record<string, string> = {}, method = 'GET') =>
    api.application.call(`/v1/events/stream${query}`, { key: books.applicationKey, headers, method });

  test.each([
    ['?cursor=nonsense', {}, 400, 'request_invalid'],
    ['?limit=5', {}, 400, 'request_invalid'],
    ['', { 'last-event-id': 'nonsense' }, 400, 'request_invalid'],
    ['', { accept: 'application/json' }, 406, 'not_acceptable'],
    ['', { 'last-event-id': Buffer.from('1.1.1.1').toString('base64url') }, 410, 'event_position_gone'],
  ])('for %s with %j', async (query, headers, status, code) => {
    const answer = await call(query, headers);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
  });

  test('with HEAD, after its headers', async () => {
    const { status, headers, text } = await call('', {}, 'HEAD');
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/event-stream; charset=utf-8', '']);
  });

  test('to whom has too many of them open, until one is closed', async () => {
    const readers = Array.from({ length: MOST_STREAMS }, () => new StreamReader(books.applicationKey));
    for (const reader of readers) expect((await reader.open(url())).status).toBe(200);
    const refused = await call();
    expect([refused.status, refused.json['code']]).toEqual([429, 'rate_limited']);
    for (const reader of readers) reader.leave();
    const another = new StreamReader(books.applicationKey);
    await until('a place', async () => (await another.open(url())).status === 200, SOON_MS);
    another.leave();
  });
});
