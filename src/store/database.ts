import { Kysely, Migrator, PostgresDialect } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import { MIGRATIONS } from './migrations';
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

/**
 * Gives every statement of Kysely a name, so that PostgreSQL parses and plans it once for each connection: half of its work in
 * the connect flow. Behind a pooler, use one that keeps prepared statements (PgBouncer ≥ 1.21).
 */
function prepareStatements(client: PoolClient): void {
  const names = new Map<string, string>();
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;

  function named(...args: unknown[]): unknown {
    const [text, values] = args;
    // Without values it is BEGIN, COMMIT or a migration, which run once; with a third argument it is not Kysely.
    const isStatement = args.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0;
    if (!isStatement) return query(...args);
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return query({ name, text, values });
  }
  Object.assign(client, { query: named });
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

/** True for an error that says the database is away, as opposed to a query being wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
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
