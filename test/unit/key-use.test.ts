import type { Database } from '../../src/store/database';
import { createKeyUse } from '../../src/store/key-use';
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery } from 'kysely';
import type { Tables } from '../../src/store/tables';

/** A database that takes statements when it is told to. */
function slowDatabase() {
  const statements: (readonly string[])[] = [];
  let answer: () => void = () => undefined;
  const executeQuery = ({ parameters }: CompiledQuery) => {
    statements.push(parameters[0] as readonly string[]);
    return new Promise<{ rows: [] }>((resolve) => {
      answer = () => {
        resolve({ rows: [] });
      };
    });
  };
  const nothing = () => Promise.resolve();
  const database: Database = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createDriver: () => ({
        init: nothing,
        acquireConnection: () => Promise.resolve({ executeQuery, streamQuery: () => undefined as never }),
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
        releaseConnection: nothing,
        destroy: nothing,
      }),
    },
  });
  return {
    database,
    statements,
    answer: () => {
      answer();
    },
  };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('when keys are used', () => {
  let now: number;
  beforeEach(() => {
    now = 0;
  });

  it('is written down once a minute for each, however often that is', async () => {
    const { database, statements, answer } = slowDatabase();
    const use = createKeyUse(database, fail, () => now);
    for (let times = 0; times < 1_000; times += 1) use.note('key_1');
    await soon();
    answer();
    await use.settled();
    now = 59_999;
    use.note('key_1');
    await use.settled();
    expect(statements).toEqual([['key_1']]);
    now = 60_000;
    use.note('key_1');
    await soon();
    answer();
    await use.settled();
    expect(statements).toEqual([['key_1'], ['key_1']]);
  });

  it('is written down for all that gathered while the database was busy, in one statement', async () => {
    const { database, statements, answer } = slowDatabase();
    const use = createKeyUse(database, fail, () => now);
    use.note('key_1');
    await soon();
    for (let key = 2; key < 500; key += 1) use.note(`key_${key}`);
    await soon();
    expect(statements).toHaveLength(1);
    answer();
    await soon();
    await soon();
    answer();
    await use.settled();
    expect(statements.map((keys) => keys.length)).toEqual([1, 498]);
  });
});

function fail(): void {
  throw new Error('the database took it');
}
