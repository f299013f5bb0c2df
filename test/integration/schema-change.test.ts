import { isDatabaseAway, openDatabase, type Database } from '../../src/store/database';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';

/* Processes go on while the next version's migrations give tables more columns. */
const stack = currentStack();
let books: OwnBooks;
/** Of a process that was there before. One connection, so that every statement meets what was prepared for it. */
let database: Database;

beforeAll(async () => {
  books = await OwnBooks.open(stack);
  database = openDatabase({ url: books.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
});
afterAll(async () => {
  await database.destroy();
  await books.close();
});

const applications = (from: Database = database) =>
  from.selectFrom('applications').selectAll().where('name', '!=', 'Nobody').execute();
const addColumn = (name: string) => books.run(`ALTER TABLE applications ADD COLUMN ${name} integer DEFAULT 7`);

test('a statement that was prepared before a column came is prepared again, and nobody notices', async () => {
  expect(await applications()).toHaveLength(1);
  await addColumn('of_tomorrow');
  expect(await applications()).toEqual([expect.objectContaining({ of_tomorrow: 7 })]);
});

test('within a transaction it says that the same may work in a moment, and then it does', async () => {
  const inTransaction = () =>
    database.transaction().execute(async (transaction) => {
      await transaction.selectFrom('institutions').select('id').where('revision', '>=', 0).execute();
      return applications(transaction);
    });
  expect(await inTransaction()).toHaveLength(1);
  await addColumn('of_the_day_after');
  const error: unknown = await inTransaction().catch((reason: unknown) => reason);
  expect(isDatabaseAway(error)).toBe(true);
  expect(await inTransaction()).toEqual([expect.objectContaining({ of_the_day_after: 7 })]);
});
