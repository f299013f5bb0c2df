import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exportRecords } from '../../src/exports/export-records';
import { openDatabase } from '../../src/store/database';
import { currentStack } from '../setup/stack-access';
import { fdxConsent } from './support/command';
import { startOtherApi, type OtherApi } from './support/other-api';
import { APPLICATION_ID, OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { until } from './support/until';

const MANY = 100_000;
const HOUR_MS = 3_600_000;
const stack = currentStack();

let books: OwnBooks;
let api: OtherApi;
let folder: string;
let environment: Record<string, string>;
/** The application's own consent, in whose chain the many are. */
let consentId: string;
/** Before anything was planted: only the many are older. */
const now = Date.now();
const past = { from: new Date(now - 3 * HOUR_MS), to: new Date(now - HOUR_MS) };
const instants = (period: { from: Date; to: Date }) =>
  `from=${period.from.toISOString()}&to=${period.to.toISOString()}`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'exports-'));
  books = await OwnBooks.open(stack);
  ({ id: consentId } = await plantConsent(books, 'active'));
  await plantMany(consentId);
  // As the owner of the books.
  environment = { DATABASE_URL: books.databaseUrl, VAULT_KEYS: books.vaultKeys, AUDIT_PROTECTION: 'warn' };
  api = await startOtherApi(stack, 'api-exports', environment);
});
afterAll(async () => {
  await api.stop();
  await books.close();
  await rm(folder, { recursive: true });
});

/** Two hours ago, ten a millisecond: as no trail of one consent was, but all of a busy day together. */
async function plantMany(chain: string): Promise<void> {
  await books.run(
    `INSERT INTO audit_events (chain, seq, type, actor, at, event, hash)
     SELECT $1, 1000000 + n, 'data.read', 'application:budget-bee', at,
       jsonb_build_object('chain', $1::text, 'seq', 1000000 + n, 'type', 'data.read', 'actor', 'application:budget-bee', 'at', utc(at),
         'details', jsonb_build_object('filler', repeat('x', 300)))::text, sha256_of(n::text)
     FROM (SELECT n, date_trunc('milliseconds', $2::timestamptz + make_interval(secs => n / 10 * 0.001)) AS at
             FROM generate_series(1, ${MANY}) AS n) AS planned`,
    [chain, new Date(now - 2 * HOUR_MS)],
  );
}

/** What is in use, and not what is only left lying. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const call = (query: string, more: object = {}) =>
  api.application.call(`/v1/exports/${query}`, { key: books.applicationKey, ...more });
const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('an export of a hundred thousand events', () => {
  test('has each exactly once and in order while others are written, and holds a page of them at a time', async () => {
    const database = openDatabase({ url: books.databaseUrl, maxConnections: 2, onConnectionLost: () => undefined });
    const request = { records: 'events', format: 'ndjson', from: past.from, to: new Date(now + HOUR_MS) } as const;
    let isOver = false;
    const written: string[] = [];
    const writer = async (): Promise<void> => {
      while (!isOver) {
        const chain = `cns_${randomUUID()}`;
        await books.run(`SELECT append_audit_event($1, 'test.happened', 'test', NULL, NULL, NULL)`, [chain]);
        written.push(chain);
      }
    };
    const writers = [writer(), writer()];
    await until('events of others', () => Promise.resolve(written.length > 10));
    const before = [...written];
    const seen = new Set<string>();
    let last = '';
    const heapAtStart = heapInUse();
    let mostHeap = 0;
    let chunks = 0;
    for await (const chunk of exportRecords(database, request)) {
      for (const { chain, seq, at } of linesOf(chunk)) {
        const place = `${String(chain)} ${String(seq)}`;
        expect(seen.has(place)).toBe(false);
        expect(String(at) >= last).toBe(true);
        seen.add(place);
        last = String(at);
      }
      chunks += 1;
      if (chunks % 20 === 0) mostHeap = Math.max(mostHeap, heapInUse() - heapAtStart);
    }
    isOver = true;
    await Promise.all(writers);
    await database.destroy();
    const many = [...seen].filter((place) => place.startsWith(`${consentId} 1`) && place.length > 40);
    expect(many).toHaveLength(MANY);
    expect(before.every((chain) => seen.has(`${chain} 1`))).toBe(true);
    // The set of places is most of it. The events themselves are 60 MB as text, and more as objects.
    expect(mostHeap).toBeLessThan(45 * 1024 * 1024);
    expect(chunks).toBeGreaterThan(MANY / 1_000);
  });

  test('goes to a file that is whole, and to standard output', async () => {
    const file = path.join(folder, 'events.csv');
    const words = ['--from', past.from.toISOString(), '--to', past.to.toISOString(), '--format', 'csv'];
    // All at once would be several times as much.
    const small = { ...stack.productEnvironment, ...environment, NODE_OPTIONS: '--max-old-space-size=100' };
    expect(await fdxConsent(['export', 'events', ...words, '--out', file], small)).toMatchObject({
      code: 0,
      stderr: '',
    });
    const lines = (await readFile(file, 'utf8')).split('\r\n');
    expect(lines).toHaveLength(MANY + 2);
    expect(lines[0]).toMatch(/^chain,seq,type,at,/);
    expect(existsSync(`${file}.part`)).toBe(false);
    const of = ['--application', 'nobody'];
    const none = await fdxConsent(['export', 'events', ...words, ...of], small);
    expect(none).toMatchObject({ code: 0, stdout: `${lines[0] ?? ''}\r\n` });
  });

  test('over HTTP is the application’s own', async () => {
    const answer = await call(`events?${instants(past)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-length')).toBeNull();
    expect(answer.text.split('\n')).toHaveLength(MANY + 1);
  });

  test('that fails in the middle does not look whole: not over HTTP, and not as a file', async () => {
    const response = await begun();
    await books.run('ALTER TABLE audit_events RENAME TO elsewhere');
    await expect(response.text()).rejects.toThrow();
    const file = path.join(folder, 'broken.ndjson');
    const words = ['export', 'events', '--from', past.from.toISOString(), '--to', past.to.toISOString(), '--out', file];
    const result = await fdxConsent(words, { ...stack.productEnvironment, ...environment });
    const refused = await call(`events?${instants(past)}`);
    await books.run('ALTER TABLE elsewhere RENAME TO audit_events');
    expect(result.code).toBe(1);
    expect(existsSync(file) || existsSync(`${file}.part`)).toBe(false);
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([500, null]);
  });

  test('ends with its reader, and holds nothing afterwards', async () => {
    const before = await brokenOff();
    const gone = new AbortController();
    await begun(gone.signal);
    gone.abort();
    await until('the end of the export', async () => (await brokenOff()) > before);
    await until('the last page', async () => {
      const busy = await books.run(
        `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
      );
      return busy.length === 0;
    });
  });
});

/** Its first bytes have come; the rest is more than what lies between two sockets. */
async function begun(signal?: AbortSignal): Promise<Response> {
  const url = `${api.application.stack.urls.api}/v1/exports/events?${instants(past)}`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${books.applicationKey}` },
    ...(signal && { signal }),
  });
  expect(response.status).toBe(200);
  return response;
}

async function brokenOff(): Promise<number> {
  const log = await readFile(path.join(stack.logDirectory, 'api-exports.log'), 'utf8');
  return log.split('an export was broken off').length - 1;
}

describe('an export', () => {
  test('of consents has what the API shows of them, and nothing of the person', async () => {
    const { id, canaries } = await plantConsent(books, 'revoked');
    const period = { from: past.from, to: new Date(now + HOUR_MS) };
    const answer = await call(`consents?${instants(period)}`);
    const rows = linesOf(answer.text);
    expect(rows.find((row) => row['id'] === id)).toMatchObject({ applicationId: APPLICATION_ID, status: 'revoked' });
    expect(canaries.foundIn(answer.text)).toEqual([]);
    const csv = await call(`consents?${instants(period)}&format=csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.text.split('\r\n')).toHaveLength(rows.length + 2);
  });

  test('has nothing of other applications, nor of the service', async () => {
    await books.run(`INSERT INTO applications (id, name, return_urls) VALUES ('other', 'Other', '[]')`);
    const { id } = await plantConsent(books, 'active');
    await books.run(`UPDATE consents SET application_id = 'other' WHERE id = $1`, [id]);
    const period = instants({ from: new Date(now), to: new Date(Date.now() + HOUR_MS) });
    const events = linesOf((await call(`events?${period}`)).text);
    expect(events.some(({ chain }) => chain === consentId)).toBe(true);
    expect(events.filter(({ chain }) => chain === id || chain === 'service')).toEqual([]);
    expect(linesOf((await call(`consents?${period}`)).text).map((row) => row['id'])).not.toContain(id);
  });

  test('is named by its headers only, when that is all that is asked for', async () => {
    const head = await call(`events?${instants(past)}&format=csv`, { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('content-disposition')]).toEqual([
      200,
      '',
      'attachment; filename="events.csv"',
    ]);
    expect((await call(`events?${instants(past)}`, { method: 'POST' })).status).toBe(405);
    expect((await call(`events?${instants(past)}`, { key: undefined })).status).toBe(401);
  });

  test.each([
    ['from=2026-01-01T00:00:00Z', 'to'],
    ['from=yesterday&to=2026-01-01T00:00:00Z', 'from'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&format=xlsx', 'format'],
    ['from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&applicationId=other', ''],
  ])('of %s is refused with what is wrong', async (query, where) => {
    const { status, json } = await call(`events?${query}`);
    expect([status, json['code']]).toEqual([400, 'request_invalid']);
    expect((json['errors'] as { path: string }[]).map((fault) => fault.path)).toEqual([where]);
  });
});
