import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentId } from '../../src/domain/ids';
import { openDatabase, type Database } from '../../src/store/database';
import { parseKeyRing } from '../../src/store/key-ring';
import { openedFor } from '../../src/store/opening-log';
import { createEventLog } from '../../src/store/event-log';
import { listOpenings, openingLogOf } from '../../src/store/openings';
import { ringEncryption } from '../../src/store/ring-encryption';
import { createVault, VaultError, type DataKey, type SealPurpose, type Vault } from '../../src/store/vault';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';

let books: OwnBooks;
let log: Database;
let vault: Vault;
let owner: ConsentId;
let dataKey: DataKey;

const keys = () => ringEncryption(parseKeyRing(books.vaultKeys));
const openings = () => listOpenings(books.database, owner, 10_000);

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
  log = openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
  vault = createVault(keys(), openingLogOf(createEventLog(log)));
});
afterAll(async () => {
  await log.destroy();
  await books.close();
});
beforeEach(async () => {
  owner = `cns_${randomUUID()}` as ConsentId;
  ({ dataKey } = await vault.createDataKey(owner));
});

/** Commits that the owner's openings were written in. */
async function commits(): Promise<number> {
  const [row] = await books.run(
    'SELECT count(DISTINCT xmin::text)::int AS commits FROM audit_events WHERE chain = $1',
    [owner],
  );
  return Number(row?.['commits']);
}

const ALL: readonly SealPurpose[] = [
  'authorization-secrets',
  'authorization-code',
  'token-response',
  'refresh-response',
  'accounts',
  'tokens',
  'launch-token',
  'person',
  'signing-key',
  'service-secret',
  'registration-token',
  'registration-answer',
  'initial-access-token',
];
/** The application's own words, which it reads back. */
const ITS_OWN: readonly SealPurpose[] = ['launch-token', 'person'];

describe('an opening', () => {
  test('is written down with who, why and what', async () => {
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const reason = { openedBy: 'application:budget', reason: 'GET /v1/consents/:consentId/accounts', requestId: 'r-1' };
    const opened = await openedFor(
      () => reason,
      () => dataKey.open('tokens', 'aut_1', sealed),
    );
    expect(opened).toBe('secret');
    expect(await openings()).toEqual([{ at: expect.any(Date) as Date, purpose: 'tokens', row: 'aut_1', ...reason }]);
  });

  test('names whoever stands behind it at that moment, however many there are at once', async () => {
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    let caller = 'nobody yet';
    await openedFor(
      () => ({ openedBy: caller, reason: 'late' }),
      async () => {
        await Promise.resolve();
        caller = 'application:late';
        await dataKey.open('tokens', 'aut_1', sealed);
      },
    );
    const callers = Array.from({ length: 50 }, (_, index) => `application:${index}`);
    await Promise.all(
      callers.map((openedBy) =>
        openedFor(
          () => ({ openedBy, reason: 'at once' }),
          () => dataKey.open('tokens', openedBy, sealed).catch(() => undefined),
        ),
      ),
    );
    const rows = await openings();
    expect(rows[0]).toMatchObject({ openedBy: 'application:late' });
    expect(rows.slice(1).map(({ openedBy }) => openedBy)).toEqual(callers);
    // Each of them tried another row, which did not open: the attempt is on record.
    expect(rows.slice(1).map(({ row }) => row)).toEqual(callers);
  });

  test('outside of everything says that nobody knows', async () => {
    await dataKey.open('tokens', 'aut_1', await dataKey.seal('tokens', 'aut_1', 'secret'));
    expect(await openings()).toMatchObject([{ openedBy: 'unknown', reason: 'unknown', requestId: null }]);
  });

  test('of a secret of the service belongs to no consent', async () => {
    const service = await vault.createDataKey('service');
    const row = randomUUID();
    await service.dataKey.open('signing-key', row, await service.dataKey.seal('signing-key', row, 'key'));
    const written = await books.run(`SELECT chain FROM audit_events WHERE event::jsonb #>> '{details,row}' = $1`, [
      row,
    ]);
    expect(written).toEqual([{ chain: 'service' }]);
  });

  test.each(ALL)('of %s is written down, unless it is the application’s own', async (purpose) => {
    await dataKey.open(purpose, 'row', await dataKey.seal(purpose, 'row', 'x'));
    expect((await openings()).map((row) => row.purpose)).toEqual(ITS_OWN.includes(purpose) ? [] : [purpose]);
  });
});

describe('what cannot be written down', () => {
  test('is not opened', async () => {
    await books.run(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'canary-of-the-database'; END $$`,
    );
    await books.run('CREATE TRIGGER refused BEFORE INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION refuse()');
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const own = await dataKey.seal('person', 'row', 'somebody');
    const refusal = await dataKey.open('tokens', 'aut_1', sealed).catch((error: unknown) => error);
    // What is no ciphertext at all fares no other way: nobody looked at it.
    const unread = await dataKey.open('tokens', 'aut_1', 'nonsense').catch((error: unknown) => error);
    expect(await dataKey.open('person', 'row', own)).toBe('somebody');
    await books.run('DROP TRIGGER refused ON audit_events');
    for (const error of [refusal, unread]) {
      expect(error).toBeInstanceOf(VaultError);
      expect((error as Error).message).toBe('an event cannot be written down (audit_events), so nothing was opened');
      expect(error).not.toHaveProperty('cause');
    }
    expect(await openings()).toEqual([]);
    expect(await dataKey.open('tokens', 'aut_1', sealed)).toBe('secret');
  });

  test('because the database does not answer, is not opened either: store_unavailable', async () => {
    const busy = openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
    const { dataKey: key } = await createVault(keys(), openingLogOf(createEventLog(busy))).createDataKey(owner);
    const refusal = await busy.connection().execute(() =>
      // The only connection is taken.
      key.open('tokens', 'aut_1', 'nonsense').catch((error: unknown) => error),
    );
    await busy.destroy();
    expect(refusal).toBeInstanceOf(ConsentFailure);
    expect(refusal).toMatchObject({ code: 'store_unavailable' });
  });
});

describe('a thousand openings at once', () => {
  test('take a few commits, and none is missing', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `aut_${index}`);
    const sealed = await Promise.all(rows.map((row) => dataKey.seal('tokens', row, row)));
    const opened = await Promise.all(sealed.map((jwe, index) => dataKey.open('tokens', rows[index] ?? '', jwe)));
    expect(await commits()).toBeLessThanOrEqual(10);
    expect(opened).toEqual(rows);
    expect((await openings()).map(({ row }) => row)).toEqual(rows);
  });

  test('are refused together when the database refuses, and the next ones are not', async () => {
    await books.run('ALTER TABLE audit_events RENAME TO elsewhere');
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => dataKey.open('tokens', 'aut_1', sealed)),
    );
    await books.run('ALTER TABLE elsewhere RENAME TO audit_events');
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1_000);
    expect(await dataKey.open('tokens', 'aut_1', sealed)).toBe('secret');
  });
});

describe('many processes', () => {
  test('that write to the same chains at once leave them whole, and none of them fails', async () => {
    const owners = Array.from({ length: 20 }, () => `cns_${randomUUID()}` as ConsentId);
    const logs = Array.from({ length: 8 }, () =>
      openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined }),
    );
    const event = (chain: ConsentId, row: number) =>
      ({
        chain,
        type: 'secret.opened',
        actor: 'test',
        reason: 'test',
        details: { purpose: 'tokens', row: String(row) },
      }) as const;
    await Promise.all(
      logs.map(async (own, process) => {
        const events = createEventLog(own);
        // Each in another order.
        const places = Array.from({ length: 100 }, (_, index) => (index * 7 + process * 3) % owners.length);
        await Promise.all(places.map((place, row) => events.append(event(owners[place] ?? owner, row))));
      }),
    );
    await Promise.all(logs.map((own) => own.destroy()));
    const chains = await books.run(
      `SELECT chain, count(*)::int AS events, max(seq)::int AS last,
         bool_and(event::jsonb ->> 'previous' IS NOT DISTINCT FROM previous) AS is_chained
       FROM (SELECT *, lag(hash) OVER (PARTITION BY chain ORDER BY seq) AS previous FROM audit_events) AS chained
       WHERE chain = ANY($1) GROUP BY chain`,
      [owners],
    );
    expect(chains).toHaveLength(owners.length);
    expect(chains.every((each) => each['events'] === each['last'] && each['is_chained'] === true)).toBe(true);
    expect(chains.reduce((sum, each) => sum + Number(each['events']), 0)).toBe(800);
  });

  test('of which one holds a chain for long: the others are told that the database is not there for them', async () => {
    const busy = openDatabase({
      url: `${books.databaseUrl}?options=-c%20lock_timeout%3D100`,
      maxConnections: 1,
      onConnectionLost: () => undefined,
    });
    const held = createVault(keys(), openingLogOf(createEventLog(busy)));
    const { dataKey: key } = await held.createDataKey(owner);
    const refusal = await books.database.transaction().execute(async (transaction) => {
      await sql`SELECT append_audit_event(${owner}, 'test.held', 'test', NULL, NULL, NULL)`.execute(transaction);
      return key.open('tokens', 'aut_1', 'nonsense').catch((error: unknown) => error);
    });
    await busy.destroy();
    expect(refusal).toMatchObject({ code: 'store_unavailable' });
  });
});
