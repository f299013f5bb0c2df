import { randomUUID } from 'node:crypto';
import { Migrator } from 'kysely';
import { Client } from 'pg';
import { migrateToLatest, openDatabase } from '../../src/store/database';
import { MIGRATIONS } from '../../src/store/migrations';
import { listOpenings } from '../../src/store/openings';
import type { ConsentId } from '../../src/domain/ids';
import { currentStack } from '../setup/stack-access';

const stack = currentStack();
/** More than a server has locks for: 64 for each of its 100 connections, and some. */
const CONSENTS = 8_000;

/** An empty database that goes with the test. */
async function withEmpty(work: (url: string) => Promise<void>): Promise<void> {
  const name = `trail_${randomUUID().slice(0, 8)}`;
  const server = new Client({ connectionString: stack.databaseUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  try {
    await work(Object.assign(new URL(stack.databaseUrl), { pathname: `/${name}` }).href);
  } finally {
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.end();
  }
}

const BEFORE = [
  `INSERT INTO applications (id, name, return_urls) VALUES ('app', 'App', '[]')`,
  `INSERT INTO institutions (id, profile) VALUES ('bank', '{}')`,
  `INSERT INTO consents (id, application_id, institution_id, person_pseudonym, purpose, terms, metadata, status, next_action, stage)
     SELECT 'cns_' || lpad(n::text, 32, '0'), 'app', 'bank', 'x', 'x', '{}', '{}', 'active', 'none', 'none'
       FROM generate_series(1, ${CONSENTS}) AS n`,
  `INSERT INTO secret_openings (consent_id, owner, purpose, row_id, opened_by, reason, request_id, opened_at)
     SELECT id, id, 'tokens', 'aut_' || n, 'application:app', 'GET /', 'request-' || n, ('2026-01-0' || n || 'T00:00:00Z')::timestamptz
       FROM consents CROSS JOIN generate_series(1, 2) AS n`,
  `INSERT INTO secret_openings (owner, purpose, row_id, opened_by, reason) VALUES ('service', 'signing-key', 'kid', 'api', 'start')`,
];

test('the trail of an older database begins with what each consent is, and with who opened its secrets', async () => {
  await withEmpty(async (url) => {
    const database = openDatabase({ url, maxConnections: 2, onConnectionLost: () => undefined });
    const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
    const { error } = await new Migrator({ db: database, provider }).migrateTo('0008-custody');
    expect(error).toBeUndefined();
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const statement of BEFORE) await client.query(statement);
    await migrateToLatest(database);

    const { rows } = await client.query(
      `SELECT count(*)::int AS events, count(*) FILTER (WHERE type = 'trail.begun' AND seq = 1)::int AS begun,
         count(*) FILTER (WHERE chain = 'service')::int AS services, bool_and(hash = sha256_of(event)) AS is_whole FROM audit_events`,
    );
    expect(rows).toEqual([{ events: 3 * CONSENTS + 1, begun: CONSENTS, services: 1, is_whole: true }]);
    const openings = await listOpenings(database, `cns_${'7'.padStart(32, '0')}` as ConsentId, 10);
    expect(openings.map(({ at, requestId }) => [at.toISOString(), requestId])).toEqual([
      ['2026-01-01T00:00:00.000Z', 'request-1'],
      ['2026-01-02T00:00:00.000Z', 'request-2'],
    ]);
    await client.end();
    await database.destroy();
  });
});
