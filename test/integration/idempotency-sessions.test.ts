import { createHash, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { ApplicationId } from '../../src/domain/ids';
import { createApiKey, revokeApiKey } from '../../src/store/api-keys';
import { openDatabase } from '../../src/store/database';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest, type Answer } from './support/application';
import { query } from './support/database';
import { startOtherApi, type OtherApi } from './support/other-api';
import { until } from './support/until';

/*
 * A process that lives and has lost the session by which others know it: what it carries out is taken over, and two are at it.
 */
const application = new Application(currentStack());
const { stack } = application;
let other: OtherApi;
beforeAll(async () => {
  other = await startOtherApi(stack, 'api-cut-off', {});
});
afterAll(() => other.stop());

const hashOf = (key: string) => createHash('sha256').update(key).digest();

interface Ask {
  readonly path: string;
  readonly body: object;
  /** Where the first must write, and waits. */
  readonly table: string;
  readonly by?: string;
}

/** Answers of who was cut off, and of who took over, when both are at the same work at the same time. */
async function overtaken({ path, body, table, by }: Ask, key: string): Promise<readonly [Answer, Answer]> {
  const ask = (api: Application) =>
    api.call(path, { method: 'POST', body, key: by ?? stack.applicationKey, headers: { 'idempotency-key': key } });
  const lock = new Client({ connectionString: stack.databaseUrl });
  await lock.connect();
  /** Sessions that wait for ours, or for one that waits for ours. */
  const waiting = async () => {
    const rows = await query(
      stack,
      `SELECT 1 FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0 AND query ~* $1`,
      [`(insert into|update) "?(${table})"?|for (no key )?update`],
    );
    return rows.length;
  };
  try {
    await lock.query('BEGIN');
    await lock.query(`LOCK TABLE ${table} IN SHARE MODE`);
    const first = ask(other.application);
    await until('the first is about to write', async () => (await waiting()) >= 1);
    const second = ask(application);
    await until('the second has taken over', async () => {
      // It comes back with the same lock within half a second: until it has been seen without.
      const [row] = await query(
        stack,
        `SELECT attempts, (SELECT pg_terminate_backend(pid) FROM pg_locks
           WHERE locktype = 'advisory' AND classid = 7310013 AND objid = holder::oid AND attempts = 1 LIMIT 1)
           FROM idempotent_requests WHERE key_hash = $1`,
        [hashOf(key)],
      );
      return row?.['attempts'] === 2;
    });
    await until('the second waits, too', async () => (await waiting()) >= 2);
    await lock.query('ROLLBACK');
    return await Promise.all([first, second]);
  } finally {
    await lock.end();
  }
}

test('two who make the same consent at once make one, and both tell the same of it', async () => {
  const key = randomUUID();
  const body = consentRequest({ metadata: { race: key } });
  const answers = await overtaken({ path: '/v1/consents', body, table: 'data_keys' }, key);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[0].text).toBe(answers[1].text);
  expect(await query(stack, `SELECT id FROM consents WHERE metadata->>'race' = $1`, [key])).toEqual([
    { id: answers[0].json['id'] },
  ]);
  const again = await application.call('/v1/consents', { method: 'POST', body, headers: { 'idempotency-key': key } });
  expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([answers[0].text, 'true']);
});

test('two who make the same secret at once: none answers 500, and who asks again is told it', async () => {
  const made = await application.call('/v1/webhook-endpoints', {
    method: 'POST',
    body: { url: 'https://nobody.invalid/hook' },
  });
  const place = `/v1/webhook-endpoints/${String(made.json['id'])}`;
  const ask = { path: `${place}/secret-rotation`, body: { overlapSeconds: 600 }, table: 'webhook_secrets' };
  const key = randomUUID();
  const answers = await overtaken(ask, key);
  for (const { status, json, headers } of answers) {
    if (status === 201 || status === 200) continue;
    expect([status, json['code']]).toEqual([409, 'idempotency_in_progress']);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  }
  const again = await application.call(ask.path, {
    method: 'POST',
    body: ask.body,
    headers: { 'idempotency-key': key },
  });
  expect(String(again.json['secret'])).toMatch(/^whsec_/);
  for (const { json } of answers) expect([undefined, again.json['secret']]).toContain(json['secret']);
  expect(await query(stack, 'SELECT 1 FROM webhook_secrets WHERE endpoint_id = $1', [made.json['id']])).toHaveLength(2);
  await application.call(place, { method: 'DELETE' });
});

test('who was overtaken puts no text in the place of the one that was told', async () => {
  const database = openDatabase({ url: stack.databaseUrl, maxConnections: 2, onConnectionLost: () => undefined });
  try {
    const owner = { role: 'application', applicationId: stack.applicationId as ApplicationId } as const;
    const id = `idm_${randomUUID().replaceAll('-', '')}`;
    await query(
      stack,
      `INSERT INTO idempotent_requests (id, caller, key_hash, operation, request_digest, attempts, expires_at)
       VALUES ($1, 'operator:nobody', $2, 'createApplicationKey', 'digest', 2, now() + interval '1 minute')`,
      [id, hashOf(id)],
    );
    const claim = { kind: 'ours', id } as const;
    const { apiKey } = await createApiKey(database, owner, 'raced', {}, { ...claim, attempt: 2 });
    const late = createApiKey(database, owner, 'raced', {}, { ...claim, attempt: 1 });
    await expect(late).rejects.toMatchObject({ code: 'idempotency_in_progress' });
    expect((await application.call('/v1/consents', { key: apiKey })).status).toBe(200);
    const again = await createApiKey(database, owner, 'raced', {}, { ...claim, attempt: 2 });
    expect((await application.call('/v1/consents', { key: apiKey })).status).toBe(401);
    expect((await application.call('/v1/consents', { key: again.apiKey })).status).toBe(200);
    await revokeApiKey(database, owner, again.id);
  } finally {
    await database.destroy();
  }
});
