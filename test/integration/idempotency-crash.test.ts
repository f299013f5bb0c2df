import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { isRepeatable } from '../../src/api/contract/idempotency';
import { ALL_OPERATIONS } from '../../src/api/contract/operations';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest, type Answer } from './support/application';
import { dump, query } from './support/database';
import { startOtherApi } from './support/other-api';
import { until } from './support/until';

/* Requests that name themselves, when the process that carries them out dies; and that no POST goes without. */
const application = new Application(currentStack());
const { stack } = application;

const post = (path: string, body: object, key: string, by: string = stack.operatorKey): Promise<Answer> =>
  application.call(path, { method: 'POST', body, key: by, headers: { 'idempotency-key': key } });

/** As a process leaves it that dies with the answer in its hand: a lock that no session holds. */
const forgetAnswer = (key: string) =>
  query(stack, 'UPDATE idempotent_requests SET answer_jwe = NULL, answered_at = NULL, holder = 7 WHERE key_hash = $1', [
    createHash('sha256').update(key).digest(),
  ]);

/** The same request twice, and a crash between its work and its answer before the second. */
async function repeated(path: string, body: object, by?: string): Promise<readonly [Answer, Answer]> {
  const key = randomUUID();
  const first = await post(path, body, key, by);
  expect(first.status).toBeLessThan(300);
  const replayed = await post(path, body, key, by);
  expect([replayed.text, replayed.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
  await forgetAnswer(key);
  const second = await post(path, body, key, by);
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  return [first, second];
}

const count = async (table: string, column: string, value: unknown): Promise<number> =>
  (await query(stack, `SELECT 1 FROM ${table} WHERE ${column} = $1`, [value])).length;

test('kill -9 between the consent and its answer: the next process answers with the same consent and link', async () => {
  const key = randomUUID();
  const body = consentRequest({ metadata: { race: key } });
  const doomed = await startOtherApi(stack, 'api-doomed', {});
  const lock = new Client({ connectionString: stack.databaseUrl });
  await lock.connect();
  try {
    // Where the key lies that seals the answer: it cannot be kept.
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE service_secrets IN ACCESS EXCLUSIVE MODE');
    const cutOff = doomed.application
      .call('/v1/consents', { method: 'POST', body, headers: { 'idempotency-key': key } })
      .then(
        () => 'answered',
        () => 'cut off',
      );
    await until('the workflow is started', async () => {
      const rows = await query(
        stack,
        `SELECT 1 FROM consents WHERE metadata->>'race' = $1 AND workflow_started_at IS NOT NULL`,
        [key],
      );
      return rows.length === 1;
    });
    await doomed.kill();
    expect(await cutOff).toBe('cut off');
  } finally {
    await lock.query('ROLLBACK');
    await lock.end();
  }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post('/v1/consents', body, key, stack.applicationKey)),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const made = await query(
    stack,
    `SELECT consents.id, launch_hash FROM consents JOIN invitations ON consent_id = consents.id WHERE metadata->>'race' = $1`,
    [key],
  );
  const token = String(answers[0]?.json['launchUrl']).split('/').at(-1) ?? '';
  expect(made).toEqual([{ id: answers[0]?.json['id'], launch_hash: createHash('sha256').update(token).digest() }]);
  // Whoever starts afterwards knows the answer too, and nobody finds it in the database.
  const later = await startOtherApi(stack, 'api-later', {});
  try {
    const again = await later.application.call('/v1/consents', {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key },
    });
    expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([answers[0]?.text, 'true']);
  } finally {
    await later.stop();
  }
  expect([...(await dump(stack)).values()].flat().filter((value) => value.includes(token))).toEqual([]);
});

test('keys of applications: one each, whose text somebody was told; another application’s same name is another request', async () => {
  const id = `named-${randomUUID().slice(0, 8)}`;
  const [made, remade] = await repeated('/v1/applications', { id, name: 'Named' });
  expect(remade.json).toEqual(made.json);
  const keys = `/v1/applications/${id}/keys`;
  const [first, second] = await repeated(keys, { label: 'backend' });
  expect(second.json['id']).toBe(first.json['id']);
  const text = String(second.json['apiKey']);
  expect((await application.call('/v1/consents', { key: text })).status).toBe(200);
  const [rotated, again] = await repeated(`${keys}/${String(first.json['id'])}/rotation`, { overlapSeconds: 600 });
  expect(again.json).toMatchObject({ id: rotated.json['id'], replaces: rotated.json['replaces'] });
  expect(await count('api_keys', 'application_id', id)).toBe(2);
  const client = { issuer: 'https://issuer.example', clientId: id };
  const [added, readded] = await repeated(`/v1/applications/${id}/clients`, client);
  expect(readded.json).toEqual(added.json);

  const key = randomUUID();
  const own = await post('/v1/consents', consentRequest(), key, stack.applicationKey);
  const others = await post('/v1/consents', consentRequest(), key, String(again.json['apiKey']));
  expect([own.status, others.status]).toEqual([201, 201]);
  expect(others.json['id']).not.toBe(own.json['id']);
  const kept = JSON.stringify(await query(stack, 'SELECT * FROM idempotent_requests'));
  for (const secret of [first, second, again]) expect(kept).not.toContain(String(secret.json['apiKey']));
});

test('holds, disclosures, webhook endpoints, their secrets and tests are made once', async () => {
  const consent = await application.request();
  const [hold, sameHold] = await repeated(`/v1/consents/${consent.id}/legal-holds`, { reason: 'An order' });
  expect(sameHold.json).toEqual(hold.json);
  expect(await count('legal_holds', 'consent_id', consent.id)).toBe(1);

  const [endpoint, sameEndpoint] = await repeated(
    '/v1/webhook-endpoints',
    { url: 'https://nobody.invalid/hook' },
    stack.applicationKey,
  );
  expect(sameEndpoint.json).toMatchObject({ id: endpoint.json['id'], secret: endpoint.json['secret'] });
  const place = `/v1/webhook-endpoints/${String(endpoint.json['id'])}`;
  const [fresh, sameSecret] = await repeated(`${place}/secret-rotation`, { overlapSeconds: 600 }, stack.applicationKey);
  expect(sameSecret.json).toEqual(fresh.json);
  expect(await count('webhook_secrets', 'endpoint_id', endpoint.json['id'])).toBe(2);
  const [sent, sameTest] = await repeated(`${place}/test`, {}, stack.applicationKey);
  expect(sameTest.json['id']).toBe(sent.json['id']);
  await application.call(place, { method: 'DELETE' });
});

test('of two that submit the same disclosure at once, without a key, one records it', async () => {
  const { id } = await application.request();
  const body = {
    language: 'en',
    text: 'We read your data.',
    agreement: { method: 'button', agreedAt: new Date().toISOString() },
  };
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => application.call(`/v1/consents/${id}/disclosures`, { method: 'POST', body })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(await count('agreements', 'consent_id', id)).toBe(1);
});

const REPEATABLE = ALL_OPERATIONS.filter(isRepeatable);

test('every POST of applications and operators takes a key; docs/api-habits.md has the reason of every other', async () => {
  const { json } = await application.call('/openapi.json');
  const paths = json['paths'] as Record<
    string,
    { post?: { parameters?: readonly { $ref?: string; name?: string }[] } }
  >;
  const habits = await readFile('docs/api-habits.md', 'utf8');
  for (const { path, method, access } of ALL_OPERATIONS) {
    if (method !== 'post') continue;
    const parameters = JSON.stringify(paths[path]?.post?.parameters ?? []);
    const isOfCallers = access.role === 'application' || access.role === 'operator';
    expect([path, /"Idempotency-?Key"/.test(parameters)]).toEqual([path, isOfCallers]);
    if (!isOfCallers) expect(habits).toContain(`| \`POST ${path}\``);
  }
});

test.each(REPEATABLE.map((each) => [each.id, each] as const))(
  '%s heeds its Idempotency-Key',
  async (_, { path, access }) => {
    const by = access.role === 'operator' ? stack.operatorKey : stack.applicationKey;
    const { status, json } = await post(path.replaceAll(/\{\w+\}/g, 'none'), {}, 'x'.repeat(256), by);
    expect([status, json['code']]).toEqual([400, 'idempotency_key_invalid']);
  },
);
