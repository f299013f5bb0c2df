import { Kysely, Migrator, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { MIGRATIONS } from './migrations';
import { isPlanOutdated, prepareStatements } from './prepared-statements';
import type { Tables } from './tables';

export type Database = Kysely<Tables>;

interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** Called when an idle connection breaks; without a listener node-postgres ends the process. */
  readonly onConnectionLost: (error: Error) => void;
}

/** Opens a pool. Nothing connects until the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.maxConnections,
    // A person is waiting behind most queries: better to say "try again" than to hang.
    connectionTimeoutMillis: 3_000,
    // No statement of ours is slow; one that is, is stuck behind something broken.
    statement_timeout: 10_000,
    query_timeout: 12_000,
  });
  pool.on('error', options.onConnectionLost);
  pool.on('connect', prepareStatements);
  // A connection that breaks between two statements of a transaction tells nobody but its listeners, and without one ends the
  // process. Whoever holds it hears of it with the next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Brings the schema up to date and returns the names of the migrations that ran. Safe to run from several processes. */
export async function migrateToLatest(database: Database): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed');
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** The migrations that this build knows and that have not run, in their order. */
export async function missingMigrations(database: Database): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const migrations = await migrator.getMigrations();
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH']);
/** PostgreSQL: class 08 connection, 53 resources, 57P shutting down or not yet up. */
const CONNECTION_SQLSTATES = /^(08|53|57P)/;

/** True for an error that says the database is away, as opposed to a query being wrong: the same may work in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A migration came in between: begun again, the transaction finds the tables as they are now.
  if (isPlanOutdated(error)) return true;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (CONNECTION_CODES.has(code) || CONNECTION_SQLSTATES.test(code))) return true;
  return /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection error/i.test(
    error.message,
  );
}

const UNIQUE_VIOLATION = '23505';

/** True for an error that says that there is a row of this id already. */
export function isIdTaken(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && typeof constraint === 'string' && constraint.endsWith('_pkey');
}
