import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Pool } from 'pg';
import type { Tell } from '../../scripts/setup/missing-part';
import { startPostgres } from '../../scripts/setup/postgres';
import { stateDirectory } from '../../scripts/setup/repository';
import { createLog } from '../../src/log';
import { ensureSigningKeys } from '../../src/signing/first-keys';
import { openKeyBook, type KeyBook } from '../../src/signing/key-book';
import { migrateToLatest, openDatabase, type Database } from '../../src/store/database';
import { parseKeyRing } from '../../src/store/key-ring';
import { ringEncryption } from '../../src/store/ring-encryption';
import { createVault } from '../../src/store/vault';

/** A PostgreSQL of its own with an empty trail: nothing else runs that could be measured with it. */
export interface Books {
  readonly database: Database;
  readonly keys: KeyBook;
  /** Plain connections, one for each writer. */
  readonly pool: Pool;
  close(): Promise<void>;
}

export async function openBooks(connections: number, tell: Tell): Promise<Books> {
  const directory = path.join(stateDirectory, 'bench-evidence');
  await rm(directory, { recursive: true, force: true });
  const postgres = await startPostgres({
    dataDir: path.join(directory, 'postgres'),
    logFile: path.join(directory, 'postgres.log'),
    databases: ['evidence'],
    tell,
  });
  const url = postgres.url('evidence');
  const database = openDatabase({ url, maxConnections: 4, onConnectionLost: () => undefined });
  await migrateToLatest(database);
  const ring = parseKeyRing(`bench:${randomBytes(32).toString('base64url')}`);
  const vault = createVault(ringEncryption(ring), { write: () => Promise.resolve() });
  await ensureSigningKeys(database, vault);
  const keys = await openKeyBook({ database, vault, keyServices: new Map(), log: createLog('bench', 'silent') });
  const pool = new Pool({ connectionString: url, max: connections });
  pool.on('error', () => undefined);
  return {
    database,
    keys,
    pool,
    async close() {
      keys.close();
      await Promise.all([pool.end(), database.destroy()]);
      await postgres.stop();
    },
  };
}

/** So many chains with one event each; a lock for each is held until the end of its statement, so not too many in one. */
const CHAINS_AT_ONCE = 1_000;

export async function growChains({ pool }: Books, count: number): Promise<void> {
  for (let from = 0; from < count; from += CHAINS_AT_ONCE) {
    await pool.query(
      `SELECT append_audit_event('bench-' || md5(n::text), 'bench.happened', 'bench', NULL, NULL, '{}')
         FROM generate_series($1::int, $2::int) AS n`,
      [from + 1, Math.min(from + CHAINS_AT_ONCE, count)],
    );
  }
}

/** One event after the other to one chain, with details of the usual size. */
export async function growChain({ pool }: Books, chain: string, events: number): Promise<void> {
  const AT_ONCE = 500;
  for (let from = 0; from < events; from += AT_ONCE) {
    await pool.query(
      `SELECT append_audit_event($1, 'grant.refreshed', 'service', NULL, 'aut_' || md5(n::text),
         jsonb_build_object('authorizationId', 'aut_' || md5(n::text), 'round', n, 'digest', encode(sha256(n::text::bytea), 'hex')))
         FROM generate_series($2::int, $3::int) AS n`,
      [chain, from + 1, Math.min(from + AT_ONCE, events)],
    );
  }
}
