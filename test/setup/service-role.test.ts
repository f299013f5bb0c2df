import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { ensureServiceRole } from '../../scripts/dev/service-role';
import { startPostgres, type Postgres } from '../../scripts/setup/postgres';

let directory: string;
let postgres: Postgres;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-service-role-'));
  await chmod(directory, 0o711);
  const [dataDir, logFile] = [path.join(directory, 'data'), path.join(directory, 'postgres.log')];
  postgres = await startPostgres({ dataDir, logFile, databases: ['books'] });
});

afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('the role is named after the database, logs in, and is the same at the next start', async () => {
  const first = await ensureServiceRole(postgres.url('books'), directory, () => undefined);
  expect(first?.name).toBe('books_service');
  expect(
    await query(first?.url ?? '', 'SELECT current_user AS me, rolsuper FROM pg_roles WHERE rolname = current_user'),
  ).toEqual([{ me: 'books_service', rolsuper: false }]);
  // Somebody else's password, from another data directory: ours is set again.
  await query(postgres.url('books'), `ALTER ROLE books_service PASSWORD 'another'`);
  expect(await ensureServiceRole(postgres.url('books'), directory, () => undefined)).toEqual(first);
  expect(await query(first?.url ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('on somebody else’s server, where we may make no role, there is none, and that is told', async () => {
  await query(postgres.url('books'), `CREATE ROLE guest LOGIN PASSWORD 'guest'`);
  const url = Object.assign(new URL(postgres.url('books')), { username: 'guest', password: 'guest' }).href;
  const told: string[] = [];
  expect(await ensureServiceRole(url, directory, (line) => told.push(line))).toBeUndefined();
  expect(told.join()).toContain('may make no role books_service');
});
