import { createHash, randomUUID } from 'node:crypto';
import { currentStack } from '../setup/stack-access';
import { Application, type Answer, type Consent } from './support/application';
import { query } from './support/database';
import { until } from './support/until';

/*
 * Answers that hold what belongs to many consents: given again as they were, and by no copy once one of the consents is forgotten.
 */
const application = new Application(currentStack());
const { stack } = application;

const search = (key: string, body: object): Promise<Answer> =>
  application.call('/v1/consents/search', { method: 'POST', body, headers: { 'idempotency-key': key } });

interface Kept {
  readonly request_digest: string;
  readonly answer_jwe: string | null;
  readonly answer_shares: Readonly<Record<string, string>> | null;
}

async function kept(key: string): Promise<Kept> {
  const hash = createHash('sha256').update(key).digest();
  const [row] = await query(stack, 'SELECT * FROM idempotent_requests WHERE key_hash = $1', [hash]);
  return row as unknown as Kept;
}

const isReplayed = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';

async function forget(id: string): Promise<void> {
  await application.revoke(id);
  const erase = () =>
    application.call(`/v1/consents/${id}/erasure`, { method: 'POST', key: stack.operatorKey, body: {} });
  await until('the person is forgotten', async () => (await erase()).status === 200);
}

test('a search is answered alike, whatever has happened since; its key belongs to no other search', async () => {
  const reference = `searched-${randomUUID()}`;
  const { id } = await application.request({ person: { reference } });
  const key = randomUUID();
  const body = { person: { reference }, status: ['requested'] };
  const first = await search(key, body);
  expect((first.json['consents'] as Consent[]).map((each) => each.id)).toEqual([id]);
  await application.revoke(id);
  const again = await search(key, { status: ['requested'], person: { reference } });
  expect([again.text, isReplayed(again)]).toEqual([first.text, true]);
  const other = await search(key, { person: { reference } });
  expect([other.status, other.json['code']]).toEqual([409, 'idempotency_key_reused']);
  expect((await search(randomUUID(), body)).json['consents']).toEqual([]);
});

test('who knows a body does not find its digest: it may name a person', async () => {
  const body = { person: { reference: `guessed-${randomUUID()}` } };
  const key = randomUUID();
  await search(key, body);
  const guess = createHash('sha256')
    .update(JSON.stringify(['/v1/consents/search', {}, body]))
    .digest('base64url');
  expect((await kept(key)).request_digest).not.toBe(guess);
  // As a version before this one kept it: the same request all the same.
  const hash = createHash('sha256').update(key).digest();
  await query(stack, 'UPDATE idempotent_requests SET request_digest = $1 WHERE key_hash = $2', [guess, hash]);
  expect(isReplayed(await search(key, body))).toBe(true);
});

test('once one of its consents is forgotten nothing is left of the answer, and a copy of it opens to nobody', async () => {
  const tag = `kept-${randomUUID()}`;
  const references = [`ada-${tag}`, `bob-${tag}`];
  const ids: string[] = [];
  for (const reference of references) ids.push((await application.request({ person: { reference }, tags: [tag] })).id);
  const key = randomUUID();
  const first = await search(key, { tags: [tag] });
  for (const reference of references) expect(first.text).toContain(reference);
  const copy = await kept(key);
  expect(Object.keys(copy.answer_shares ?? {}).toSorted()).toEqual(ids.toSorted());
  for (const text of [...references, tag]) expect(JSON.stringify(copy)).not.toContain(text);

  await forget(ids[0] ?? '');
  expect(await kept(key)).toMatchObject({ answer_jwe: null, answer_shares: null });
  // Somebody restores what was deleted: the share of the forgotten one is nowhere.
  await query(
    stack,
    `UPDATE idempotent_requests SET answer_jwe = $1, answer_shares = $2, answered_at = now(), holder = NULL WHERE key_hash = $3`,
    [copy.answer_jwe, JSON.stringify(copy.answer_shares), createHash('sha256').update(key).digest()],
  );
  const again = await search(key, { tags: [tag] });
  expect([again.status, isReplayed(again)]).toEqual([200, false]);
  expect(again.text).not.toContain(references[0]);
  expect((again.json['consents'] as Consent[]).map(({ id }) => id)).toEqual([ids[1]]);
  expect(isReplayed(await search(key, { tags: [tag] }))).toBe(true);
});

test('an answer that says who the person is goes with them too', async () => {
  const reference = `completed-${randomUUID()}`;
  const { id } = await application.request({
    person: { reference },
    durationType: 'ONE_TIME',
    durationPeriod: undefined,
  });
  await application.revoke(id);
  const key = randomUUID();
  const complete = () =>
    application.call(`/v1/consents/${id}/completion`, {
      method: 'POST',
      headers: { 'idempotency-key': key, prefer: 'wait=5' },
    });
  const first = await complete();
  expect([first.status, first.text.includes(reference)]).toEqual([200, true]);
  expect(Object.keys((await kept(key)).answer_shares ?? {})).toEqual([id]);
  expect(isReplayed(await complete())).toBe(true);
  await forget(id);
  const after = await complete();
  expect([after.status, after.text.includes(reference), isReplayed(after)]).toEqual([200, false, false]);
});
