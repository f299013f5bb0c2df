import path from 'node:path';
import { Client } from 'pg';
import type { Tell } from '../setup/missing-part';
import { createDatabaseOn, startPostgres, type Postgres } from '../setup/postgres';
import { ensureServiceRole, type ServiceRole } from './service-role';

export const PRODUCT_DATABASE = 'fdx_consent';
export const BANK_DATABASE = 'sandbox_bank';

export interface DatabaseOptions {
  dataDir: string;
  port: number;
  runDirectory: string;
  logFile: string;
  /** Somebody else's PostgreSQL: the product's database is this one, the bank's lies beside it. */
  externalUrl: string | undefined;
  /** Start from empty databases. */
  fresh: boolean;
  tell: Tell;
  signal: AbortSignal;
}

/** PostgreSQL with the two databases of a stack. Its own role owns the tables. */
export interface Databases extends Postgres {
  /** Whom the product connects as; absent where we may make no role. */
  serviceRole: ServiceRole | undefined;
}

/** In a PostgreSQL of our own, or in the one that DATABASE_URL names. */
export async function startDatabases(options: DatabaseOptions): Promise<Databases> {
  const { externalUrl, fresh } = options;
  const postgres = externalUrl
    ? externalPostgres(externalUrl)
    : await startPostgres({ ...options, dataDir: path.join(options.dataDir, 'postgres') });
  try {
    if (fresh && !externalUrl) await dropBoth(postgres);
    if (!externalUrl) await postgres.createDatabase(PRODUCT_DATABASE);
    await postgres.createDatabase(BANK_DATABASE);
    const serviceRole = await ensureServiceRole(postgres.url(PRODUCT_DATABASE), options.dataDir, options.tell);
    return { ...postgres, serviceRole };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

function externalPostgres(externalUrl: string): Postgres {
  return {
    url: (databaseName) =>
      databaseName === PRODUCT_DATABASE
        ? externalUrl
        : Object.assign(new URL(externalUrl), { pathname: `/${databaseName}` }).href,
    createDatabase: async (databaseName) => {
      await createDatabaseOn(externalUrl, databaseName).catch((error: unknown) => {
        throw new Error(
          `DATABASE_URL is set, and its user may not create ${databaseName} there: create it, or unset DATABASE_URL`,
          { cause: error },
        );
      });
    },
    stop: () => Promise.resolve(),
  };
}

/** Never on a database that is not ours. */
async function dropBoth(postgres: Postgres): Promise<void> {
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    for (const name of [PRODUCT_DATABASE, BANK_DATABASE]) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}
