import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chmod, writeFile } from 'node:fs/promises';
import { Client } from 'pg';
import { startPostgres, type Postgres } from '../../scripts/setup/postgres';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-postgres-'));
  await chmod(directory, 0o711);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function start(tell: (line: string) => void = () => undefined): Promise<Postgres> {
  return startPostgres({
    dataDir: path.join(directory, 'data'),
    logFile: path.join(directory, 'postgres.log'),
    databases: ['notes'],
    tell,
  });
}

async function query(postgres: Postgres, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: postgres.url('notes') });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('a second start finds what the first one stored', async () => {
  const first = await start();
  await query(first, `CREATE TABLE note AS SELECT 'kept' AS text`);
  await first.stop();
  const second = await start();
  expect(await query(second, 'SELECT text FROM note')).toEqual([{ text: 'kept' }]);
  await second.stop();
});

test('a start after kill -9 recovers what was committed', async () => {
  const first = await start();
  await query(first, `CREATE TABLE note AS SELECT 'committed' AS text`);
  await first.child?.kill('SIGKILL');
  const second = await start();
  expect(await query(second, 'SELECT text FROM note')).toEqual([{ text: 'committed' }]);
  await second.stop();
});

test('a restart after kill -9 keeps the address', async () => {
  const postgres = await start();
  await query(postgres, 'CREATE TABLE note (text text)');
  await postgres.child?.kill('SIGKILL');
  await postgres.child?.restart();
  expect(await query(postgres, 'SELECT * FROM note')).toEqual([]);
  await postgres.stop();
});

test('a lock file that names somebody else’s process does not prevent a start', async () => {
  const first = await start();
  await first.stop();
  await writeFile(path.join(directory, 'data', 'postmaster.pid'), `${process.pid}\n${directory}\n`);
  const second = await start();
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('the password is random and readable by the owner alone', async () => {
  const postgres = await start();
  await postgres.stop();
  expect((await stat(path.join(directory, 'data.password'))).mode & 0o777).toBe(0o600);
  expect(new URL(postgres.url('notes')).password).toMatch(/^[\w-]{32}$/);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot(
  'a folder that is closed to the database’s own user is left for one that is open, and the user is told',
  async () => {
    await chmod(directory, 0o700);
    const told: string[] = [];
    const first = await start((line) => told.push(line));
    expect(told[0]).toMatch(/PostgreSQL cannot enter .* its data goes to/);
    await query(first, `CREATE TABLE note AS SELECT 'elsewhere' AS text`);
    await first.stop();
    const second = await start();
    expect(await query(second, 'SELECT text FROM note')).toEqual([{ text: 'elsewhere' }]);
    await second.stop();
    await rm(/goes to (\S+)/.exec(told[0] ?? '')?.[1] ?? directory, { recursive: true, force: true });
  },
);
