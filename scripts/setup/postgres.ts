import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, chown, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { SupervisedChild } from './child-process';
import { run } from './command';
import { tellNobody, type Tell } from './missing-part';
import { chooseRandomPort } from './ports';
import { postgresAccount, type Account } from './postgres-account';
import { findPostgresBinaries } from './postgres-binaries';
import { reachablePlace, type PostgresPlace } from './postgres-place';
import { identify } from './process-identity';

export interface PostgresOptions {
  /** Kept between starts. The superuser's password lies beside it, readable by us alone. */
  dataDir: string;
  port?: number;
  logFile: string;
  runDirectory?: string;
  /** Made when they do not exist. */
  databases?: string[];
  tell?: Tell;
  signal?: AbortSignal;
}

export interface Postgres {
  url(databaseName: string): string;
  createDatabase(databaseName: string): Promise<void>;
  stop(): Promise<void>;
  /** Absent when the database is somebody else's (DATABASE_URL). */
  child?: SupervisedChild;
}

const SUPERUSER = 'postgres';
const HOST = '127.0.0.1';
const CREATED_BEFORE = '42P04';

/** A real PostgreSQL of our own: real processes, row locks and roles, installed by npm and started in under a second. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, logFile, tell = tellNobody } = options;
  const [binaries, account, password] = await Promise.all([
    findPostgresBinaries(),
    postgresAccount(),
    passwordBeside(dataDir),
  ]);
  const place = await reachablePlace(binaries, dataDir, account, tell);
  const port = options.port ?? (await chooseRandomPort());
  if (!existsSync(path.join(place.dataDir, 'PG_VERSION'))) await initialise(place, account, password);
  await clearStaleLock(place.dataDir);

  const url = (databaseName: string): string => `postgres://${SUPERUSER}:${password}@${HOST}:${port}/${databaseName}`;
  const child = await SupervisedChild.start({
    name: 'postgres',
    command: path.join(place.binaries, 'bin', 'postgres'),
    args: ['-D', place.dataDir, '-p', String(port), ...settings()],
    // Ours may be closed to its account.
    cwd: place.dataDir,
    env: { PATH: process.env['PATH'], LC_MESSAGES: 'C' },
    logFile,
    ...(options.signal && { signal: options.signal }),
    runDirectory: options.runDirectory ?? path.join(path.dirname(logFile), 'run'),
    ...account,
    // SIGTERM would wait for every client to leave; SIGINT is the "fast" shutdown, which disconnects them.
    stopSignal: 'SIGINT',
    // After a kill -9 the old server's backends hold the shared memory until they notice, a moment later.
    retries: 5,
    ready: () => acceptsConnections(url('postgres')),
  });
  const createDatabase = (databaseName: string): Promise<void> => createDatabaseOn(url('postgres'), databaseName);
  for (const databaseName of options.databases ?? []) await createDatabase(databaseName);
  return { url, createDatabase, child, stop: () => child.stop() };
}

export async function createDatabaseOn(serverUrl: string, databaseName: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(databaseName)}`).catch((error: unknown) => {
      if ((error as { code?: string }).code !== CREATED_BEFORE) throw error;
    });
  });
}

async function initialise(place: PostgresPlace, account: Account, password: string): Promise<void> {
  // A start that was interrupted in the middle leaves files behind, which initdb refuses to write over.
  await rm(place.dataDir, { recursive: true, force: true });
  await mkdir(place.dataDir, { recursive: true, mode: 0o700 });
  const workspace = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-initdb-'));
  const passwordFile = path.join(workspace, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    const { uid, gid } = account;
    if (uid !== undefined && gid !== undefined) {
      await Promise.all([place.dataDir, workspace, passwordFile].map((file) => chown(file, uid, gid)));
    }
    const flags = [
      `--pgdata=${place.dataDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
    ];
    // The C locale is on every machine and sorts bytes, so tests give the same order everywhere.
    await run(path.join(place.binaries, 'bin', 'initdb'), [...flags, '--encoding=UTF8', '--locale=C'], {
      ...account,
      cwd: place.dataDir,
      env: { PATH: process.env['PATH'], LC_MESSAGES: 'C' },
    });
  } catch (error) {
    await rm(place.dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/**
 * After a kill -9 the lock file names a process that is gone, and PostgreSQL sees that by itself. What it cannot see is
 * that the id has since gone to another process of the same user: it would refuse to start for ever.
 */
async function clearStaleLock(dataDir: string): Promise<void> {
  const lock = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const holder = await identify(Number((await readFile(lock, 'utf8')).split('\n')[0]));
  if (!holder?.commandLine.includes(dataDir)) await rm(lock, { force: true });
}

function settings(): string[] {
  const values = {
    listen_addresses: HOST,
    // No socket in /tmp: two clones of the repository, or two users, would fight over its name.
    unix_socket_directories: '',
    // API, worker, bank and tests each keep a pool.
    max_connections: '200',
  };
  return Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

async function acceptsConnections(url: string): Promise<boolean> {
  await withClient(url, (client) => client.query('SELECT 1'));
  return true;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away between two statements is reported by the statement, not by a crash.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function passwordBeside(dataDir: string): Promise<string> {
  const file = path.join(path.dirname(dataDir), `${path.basename(dataDir)}.password`);
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  await mkdir(path.dirname(file), { recursive: true });
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}
