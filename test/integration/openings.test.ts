import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createHousekeepingActivities } from '../../src/activities/housekeeping';
import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentId } from '../../src/domain/ids';
import { openDatabase, type Database } from '../../src/store/database';
import { parseKeyRing } from '../../src/store/key-ring';
import { openedFor } from '../../src/store/opening-log';
import { createOpeningLog, listOpenings } from '../../src/store/openings';
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
  vault = createVault(keys(), createOpeningLog(log));
  await books.run('CREATE SEQUENCE statements');
  await books.run(
    `CREATE FUNCTION count_statement() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM nextval('statements'); RETURN NULL; END $$`,
  );
  await books.run(
    `CREATE TRIGGER counted AFTER INSERT ON secret_openings FOR EACH STATEMENT EXECUTE FUNCTION count_statement()`,
  );
});
afterAll(async () => {
  await log.destroy();
  await books.close();
});
beforeEach(async () => {
  owner = `cns_${randomUUID()}` as ConsentId;
  ({ dataKey } = await vault.createDataKey(owner));
});

/** INSERTs since the last time somebody asked. */
async function inserts(): Promise<number> {
  const [row] = await books.run(`SELECT nextval('statements')::int AS now`);
  const before = counted;
  counted = Number(row?.['now']);
  return counted - before - 1;
}
let counted = 0;

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
    expect(await openings()).toEqual([
      {
        opened_at: expect.any(Date) as Date,
        ...{ purpose: 'tokens', row_id: 'aut_1', opened_by: reason.openedBy, reason: reason.reason, request_id: 'r-1' },
      },
    ]);
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
    expect(rows[0]).toMatchObject({ opened_by: 'application:late' });
    expect(rows.slice(1).map(({ opened_by: by }) => by)).toEqual(callers);
    // Each of them tried another row, which did not open: the attempt is on record.
    expect(rows.slice(1).map(({ row_id: row }) => row)).toEqual(callers);
  });

  test('outside of everything says that nobody knows', async () => {
    await dataKey.open('tokens', 'aut_1', await dataKey.seal('tokens', 'aut_1', 'secret'));
    expect(await openings()).toMatchObject([{ opened_by: 'unknown', reason: 'unknown', request_id: null }]);
  });

  test('of a secret of the service belongs to no consent', async () => {
    const service = await vault.createDataKey('service');
    const row = randomUUID();
    await service.dataKey.open('signing-key', row, await service.dataKey.seal('signing-key', row, 'key'));
    const written = await books.run('SELECT consent_id, owner FROM secret_openings WHERE row_id = $1', [row]);
    expect(written).toEqual([{ consent_id: null, owner: 'service' }]);
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
    await books.run('CREATE TRIGGER refused BEFORE INSERT ON secret_openings FOR EACH ROW EXECUTE FUNCTION refuse()');
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const own = await dataKey.seal('person', 'row', 'somebody');
    const refusal = await dataKey.open('tokens', 'aut_1', sealed).catch((error: unknown) => error);
    // What is no ciphertext at all fares no other way: nobody looked at it.
    const unread = await dataKey.open('tokens', 'aut_1', 'nonsense').catch((error: unknown) => error);
    expect(await dataKey.open('person', 'row', own)).toBe('somebody');
    await books.run('DROP TRIGGER refused ON secret_openings');
    for (const error of [refusal, unread]) {
      expect(error).toBeInstanceOf(VaultError);
      expect((error as Error).message).toBe(
        'an opening cannot be written down (secret_openings), so nothing was opened',
      );
      expect(error).not.toHaveProperty('cause');
    }
    expect(await openings()).toEqual([]);
    expect(await dataKey.open('tokens', 'aut_1', sealed)).toBe('secret');
  });

  test('because the database does not answer, is not opened either: store_unavailable', async () => {
    const busy = openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
    const { dataKey: key } = await createVault(keys(), createOpeningLog(busy)).createDataKey(owner);
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
  test('take a few INSERTs, and none is missing', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `aut_${index}`);
    const sealed = await Promise.all(rows.map((row) => dataKey.seal('tokens', row, row)));
    await inserts();
    const opened = await Promise.all(sealed.map((jwe, index) => dataKey.open('tokens', rows[index] ?? '', jwe)));
    expect(await inserts()).toBeLessThanOrEqual(10);
    expect(opened).toEqual(rows);
    expect((await openings()).map(({ row_id: row }) => row)).toEqual(rows);
  });

  test('are refused together when the database refuses, and the next ones are not', async () => {
    await books.run('ALTER TABLE secret_openings RENAME TO elsewhere');
    const sealed = await dataKey.seal('tokens', 'aut_1', 'secret');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => dataKey.open('tokens', 'aut_1', sealed)),
    );
    await books.run('ALTER TABLE elsewhere RENAME TO secret_openings');
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1_000);
    expect(await dataKey.open('tokens', 'aut_1', sealed)).toBe('secret');
  });
});

describe('openings of the service’s own secrets', () => {
  test('are removed after the time that evidence is kept; those of a consent stay until it goes', async () => {
    const planted = `INSERT INTO secret_openings (consent_id, owner, purpose, row_id, opened_by, reason, opened_at)
      VALUES ($1, $2, 'signing-key', $3, 'worker', 'start', now() - make_interval(days => $4))`;
    await books.run(planted, [null, 'service', 'old', 1_097]);
    await books.run(planted, [null, 'service', 'young', 1_000]);
    await books.run(planted, [owner, owner, 'old', 2_000]);
    const { removeOldEvidence } = createHousekeepingActivities(books.dependencies());
    const report: unknown = await new MockActivityEnvironment().run(removeOldEvidence);
    expect(report).toMatchObject({ counts: { openings: 1 } });
    const left = await books.run(
      `SELECT row_id FROM secret_openings WHERE row_id IN ('old', 'young') ORDER BY row_id, consent_id`,
    );
    expect(left).toEqual([{ row_id: 'old' }, { row_id: 'young' }]);
    expect(await openings()).toHaveLength(1);
  });
});
