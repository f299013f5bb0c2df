import { randomUUID } from 'node:crypto';
import { currentStack } from '../setup/stack-access';
import { Application, consentRequest } from './support/application';
import { query } from './support/database';
import { startOtherApi, type OtherApi } from './support/other-api';

const application = new Application(currentStack());
const { stack } = application;
let other: OtherApi;
beforeAll(async () => {
  other = await startOtherApi(stack, 'api-idempotency', {});
});
afterAll(() => other.stop());

const ask = (key: string, body: object, by = application) =>
  by.call('/v1/consents', { method: 'POST', body, headers: { 'idempotency-key': key } });

const claimOf = async (consentId: string) =>
  (await query(stack, 'SELECT * FROM idempotent_requests WHERE consent_id = $1', [consentId]))[0];

const consentsFor = (reference: string) =>
  query(stack, `SELECT id FROM consents WHERE metadata->>'race' = $1`, [reference]);

test('50 identical requests at once, to two processes, make one consent and get one answer', async () => {
  const key = randomUUID();
  const body = consentRequest({ metadata: { race: key } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => ask(key, body, index % 2 === 0 ? application : other.application)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
  expect(await consentsFor(key)).toHaveLength(1);
});

test('the same value in another order is the same request; another value, or another operation, is refused', async () => {
  const key = randomUUID();
  const body = consentRequest();
  const first = await ask(key, body);
  const turned = Object.fromEntries(Object.entries(body).reverse());
  expect((await ask(`"${key}"`, turned)).text).toBe(first.text);
  const changed = await ask(key, { ...body, purpose: 'Something else' });
  expect([changed.status, changed.json['code']]).toEqual([409, 'idempotency_key_reused']);
  const elsewhere = await application.call(`/v1/consents/${String(first.json['id'])}/completion`, {
    method: 'POST',
    headers: { 'idempotency-key': key },
  });
  expect([elsewhere.status, elsewhere.json['code']]).toEqual([409, 'idempotency_key_reused']);
});

test('a request whose process died before its answer was kept is taken over, and makes the same consent', async () => {
  const key = randomUUID();
  const body = consentRequest({ metadata: { race: key } });
  const first = await ask(key, body);
  const id = String(first.json['id']);
  // As a process leaves it that dies with the answer in its hand: a lock that no session holds.
  await query(
    stack,
    'UPDATE idempotent_requests SET answer_jwe = NULL, answered_at = NULL, holder = 7 WHERE consent_id = $1',
    [id],
  );
  const second = await ask(key, body, other.application);
  expect(second.text).toBe(first.text);
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  expect(await claimOf(id)).toMatchObject({ attempts: 2, holder: null });
  expect(await consentsFor(key)).toHaveLength(1);
});

test('a refusal that is final is given again; the answer lies sealed', async () => {
  const key = randomUUID();
  const body = consentRequest({ institutionId: 'no-such-bank' });
  const first = await ask(key, body);
  expect(first.status).toBe(422);
  const again = await ask(key, body);
  expect(again.text).toBe(first.text);
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  const kept = await ask(randomUUID(), consentRequest());
  expect(JSON.stringify(await claimOf(String(kept.json['id'])))).not.toContain('/connect/');
});

test.each([
  ['too long', 'x'.repeat(256)],
  ['a string that does not end', '"abc'],
])('an Idempotency-Key that is none is refused: %s', async (_, key) => {
  const { status, json } = await ask(key, consentRequest());
  expect([status, json['code']]).toEqual([400, 'idempotency_key_invalid']);
});
