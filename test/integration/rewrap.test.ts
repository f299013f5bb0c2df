import { randomBytes, randomUUID } from 'node:crypto';
import type { ConsentId } from '../../src/domain/ids';
import { evidenceKeyOf } from '../../src/store/evidence-keys';
import { firstWraps, type KeyEncryption } from '../../src/store/key-encryption';
import { parseKeyRing } from '../../src/store/key-ring';
import { rewrapDataKeys, wrappingStatus } from '../../src/store/rewrap';
import { ringEncryption } from '../../src/store/ring-encryption';
import { currentStack } from '../setup/stack-access';
import { vaultWith } from '../unit/support/vault';
import { fdxConsent, startFdxConsent } from './support/command';
import { OwnBooks } from './support/own-books';
import { until } from './support/until';

const CONSENTS = 300;

let books: OwnBooks;
/** What each consent sealed before anything was rewrapped. */
let sealed: Map<string, string>;
let newKey: string;

const both = (): string => `${newKey},${books.vaultKeys}`;
const keysOf = (text: string): KeyEncryption => firstWraps(ringEncryption(parseKeyRing(text)));
const environment = (vaultKeys = both()) => ({
  ...process.env,
  DATABASE_URL: books.databaseUrl,
  VAULT_KEYS: vaultKeys,
});
const status = () => wrappingStatus(books.database, 'new');

beforeEach(async () => {
  books = await OwnBooks.open(currentStack());
  newKey = `new:${randomBytes(32).toString('base64url')}`;
  sealed = new Map();
  const planted = await Promise.all(
    Array.from({ length: CONSENTS }, async () => {
      const id = `cns_${randomUUID().replaceAll('-', '')}`;
      const { dataKey, wrapped } = await books.vault.createDataKey(id);
      sealed.set(id, await dataKey.seal('tokens', 'aut_1', `tokens of ${id}`));
      return [id, wrapped] as const;
    }),
  );
  await books.run(
    `INSERT INTO data_keys (consent_id, wrapped_jwe, wrapped_with) SELECT *, 'test' FROM unnest($1::text[], $2::text[])`,
    [planted.map(([id]) => id), planted.map(([, wrapped]) => wrapped)],
  );
});
afterEach(() => books.close());

const firstConsent = (): string => [...sealed.keys()].sort()[0] ?? '';

/** Consents whose secrets open with these keys alone. */
async function openedWith(vaultKeys: string): Promise<number> {
  const vault = vaultWith(vaultKeys);
  const rows = await books.run('SELECT consent_id, wrapped_jwe FROM data_keys WHERE wrapped_jwe IS NOT NULL');
  const opened = rows.map(async (row) => {
    const id = String(row['consent_id']);
    const dataKey = await vault.openDataKey(id, String(row['wrapped_jwe']));
    return (await dataKey.open('tokens', 'aut_1', sealed.get(id) ?? '')) === `tokens of ${id}`;
  });
  return (await Promise.allSettled(opened)).filter((each) => each.status === 'fulfilled' && each.value).length;
}

/** Each batch takes so long that a test can come between two. */
async function slowDown(): Promise<void> {
  await books.run(
    `CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END $$`,
  );
  await books.run('CREATE TRIGGER slow AFTER UPDATE ON data_keys FOR EACH STATEMENT EXECUTE FUNCTION dawdle()');
}

describe('vault rewrap', () => {
  test('wraps all data keys anew, the service’s too, and nothing else changes', async () => {
    const before = await fdxConsent(['vault', 'status', '--json'], environment());
    expect(before.json).toMatchObject({ current: 'new', left: CONSENTS + 1, service: 'test' });
    const ran = await fdxConsent(['vault', 'rewrap', '--json'], environment());
    expect(ran).toMatchObject({ code: 0, json: { rewrapped: CONSENTS + 1, broken: [], left: 0 } });
    expect((await fdxConsent(['vault', 'status', '--json'], environment())).json).toEqual({
      current: 'new',
      consents: [{ keyId: 'new', dataKeys: CONSENTS }],
      service: 'new',
      left: 0,
    });
    // Without the old key: what was sealed before still opens, with what only the old key could open before.
    expect(await openedWith(newKey)).toBe(CONSENTS);
    expect(await openedWith(books.vaultKeys)).toBe(0);
    expect((await fdxConsent(['keys', 'rotate', '--lead', '0s'], environment(newKey))).code).toBe(0);
    const [action] = await books.run(`SELECT outcome FROM operator_actions WHERE action = 'vault rewrap'`);
    expect(action).toEqual({ outcome: `${CONSENTS + 1} rewrapped, 0 broken, 0 left` });
    expect((await fdxConsent(['vault', 'rewrap', '--json'], environment())).json).toMatchObject({ rewrapped: 0 });
  });

  test('wraps evidence keys anew as well', async () => {
    const id = firstConsent() as ConsentId;
    const before = await evidenceKeyOf(books.database, books.vault, id);
    const name = await before.seal('typed-name', 'agr_1', 'a name');
    expect((await status()).left).toBe(CONSENTS + 2);
    expect(await rewrapDataKeys(books.database, keysOf(both()))).toMatchObject({ rewrapped: CONSENTS + 2, left: 0 });
    expect((await status()).consents).toEqual([{ keyId: 'new', dataKeys: CONSENTS + 1 }]);
    const after = await evidenceKeyOf(books.database, vaultWith(newKey), id);
    expect(await after.open('typed-name', 'agr_1', name)).toBe('a name');
  });

  test('killed in the middle it goes on where it was', async () => {
    await slowDown();
    const command = startFdxConsent(['vault', 'rewrap', '--json'], environment());
    await until('the first batch', async () => (await status()).left < CONSENTS);
    command.kill('SIGKILL');
    await command.result;
    const { left } = await status();
    expect(left).toBeGreaterThan(0);
    expect(await openedWith(both())).toBe(CONSENTS);
    const rest = await fdxConsent(['vault', 'rewrap', '--json'], environment());
    expect(rest).toMatchObject({ code: 0, json: { left: 0 } });
    // A batch that had been sent when the kill came may have been committed after we looked.
    expect(rest.json['rewrapped']).toBeLessThanOrEqual(left);
    expect(await openedWith(newKey)).toBe(CONSENTS);
  });

  test('twice at once share the work', async () => {
    await slowDown();
    const outcomes = await Promise.all([
      rewrapDataKeys(books.database, keysOf(both())),
      rewrapDataKeys(books.database, keysOf(both())),
    ]);
    expect(outcomes.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(CONSENTS + 1);
    for (const { rewrapped } of outcomes) expect(rewrapped).toBeGreaterThan(1);
    expect((await status()).left).toBe(0);
    expect(await openedWith(newKey)).toBe(CONSENTS);
  });

  test('tells whose key does not open, does the others, and ends with 1', async () => {
    const broken = firstConsent();
    await books.run(`UPDATE data_keys SET wrapped_jwe = 'nonsense' WHERE consent_id = $1`, [broken]);
    const ran = await fdxConsent(['vault', 'rewrap'], environment());
    expect(ran.code).toBe(1);
    expect(ran.stdout).toBe(
      `${broken}: a data key is wrapped with something unreadable, which is not configured\n${CONSENTS} rewrapped, 1 broken, 1 left.\n`,
    );
    expect(await openedWith(newKey)).toBe(CONSENTS - 1);
  });

  test('finds keys of a version that did not write down what wraps them', async () => {
    await books.run('UPDATE data_keys SET wrapped_with = NULL');
    const status = await fdxConsent(['vault', 'status'], environment());
    expect(status.stdout).toContain('not written down');
    // Those that the current key wraps need a note only.
    const before = await books.run('SELECT consent_id, wrapped_jwe FROM data_keys ORDER BY consent_id');
    await rewrapDataKeys(books.database, keysOf(books.vaultKeys));
    expect(await books.run('SELECT consent_id, wrapped_jwe FROM data_keys ORDER BY consent_id')).toEqual(before);
    expect(await wrappingStatus(books.database, 'test')).toMatchObject({
      consents: [{ keyId: 'test', dataKeys: CONSENTS }],
      left: 0,
    });
  });

  test('does not put a form that does not open in the place of one that does', async () => {
    const keys = keysOf(both());
    const forgetful: KeyEncryption = { ...keys, wrap: (owner) => keys.wrap(owner, randomBytes(32)) };
    const report = await rewrapDataKeys(books.database, forgetful);
    expect(report).toMatchObject({ rewrapped: 0, left: CONSENTS + 1 });
    expect(report.broken[0]?.reason).toBe('the new wrapped form does not hold the same key');
    expect(await openedWith(books.vaultKeys)).toBe(CONSENTS);
  });
});

describe('a purge during a rewrap', () => {
  const destroy = (id: string) =>
    books.run('UPDATE data_keys SET wrapped_jwe = NULL, destroyed_at = now() WHERE consent_id = $1', [id]);
  const wrappedOf = async (id: string) => {
    const [row] = await books.run('SELECT wrapped_jwe FROM data_keys WHERE consent_id = $1', [id]);
    return row?.['wrapped_jwe'];
  };

  test('that comes while the key is being rewrapped waits, and destroys the new form', async () => {
    const id = firstConsent() as ConsentId;
    const keys = keysOf(both());
    let purge: Promise<unknown> = Promise.resolve();
    const meanwhile: KeyEncryption = {
      ...keys,
      wrap: async (owner, key) => {
        if (owner === id) {
          purge = destroy(id);
          await until('the purge to wait for the row', async () => {
            const waiting = await books.run(
              `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')`,
            );
            return waiting.length > 0;
          });
        }
        return keys.wrap(owner, key);
      },
    };
    const report = await rewrapDataKeys(books.database, meanwhile);
    await purge;
    expect(report.broken).toEqual([]);
    expect(await wrappedOf(id)).toBeNull();
    expect(await openedWith(newKey)).toBe(CONSENTS - 1);
  });

  test('that is under way when the rewrap comes is passed by, and what it destroys stays destroyed', async () => {
    const id = firstConsent() as ConsentId;
    await books.database.transaction().execute(async (purging) => {
      await purging.updateTable('data_keys').set({ wrapped_jwe: null }).where('consent_id', '=', id).execute();
      const { rewrapped } = await rewrapDataKeys(books.database, keysOf(both()));
      expect(rewrapped).toBe(CONSENTS);
    });
    expect(await wrappedOf(id)).toBeNull();
    expect((await rewrapDataKeys(books.database, keysOf(both()))).rewrapped).toBe(0);
    expect(await wrappedOf(id)).toBeNull();
  });
});
