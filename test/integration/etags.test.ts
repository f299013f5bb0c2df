import { Client } from 'pg';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { query } from './support/database';
import { until } from './support/until';

/*
 * What an answer is known by, and that nothing is done to what the caller has not seen.
 */
const stack = currentStack();
const application = new Application(stack);
let id: string;
beforeEach(async () => {
  ({ id } = await application.request());
});

const consent = (method: string, headers: Record<string, string>, body?: object) =>
  application.call(`/v1/consents/${id}`, { method, headers, ...(body && { body }) });
const tagOf = async () => (await consent('GET', {})).headers.get('etag') ?? '';

test('who has a consent is not sent it again', async () => {
  const tag = await tagOf();
  expect(tag).toMatch(/^"[\w-]{43}"$/);
  const again = await consent('GET', { 'if-none-match': `"other", W/${tag}`, 'cache-control': 'no-cache' });
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
  await consent('PATCH', {}, { tags: ['changed'] });
  const changed = await consent('GET', { 'if-none-match': tag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(tag);
});

test('what holds a link is kept nowhere; without one it is asked about', async () => {
  const withLink = await consent('GET', {});
  expect([withLink.json['launchUrl'] === undefined, withLink.headers.get('cache-control')]).toEqual([
    false,
    'no-store',
  ]);
  await application.revoke(id);
  const without = await consent('GET', {});
  expect([without.json['launchUrl'], without.headers.get('cache-control')]).toEqual([undefined, 'private, no-cache']);
});

test('an event is known by its tag', async () => {
  const { json } = await application.call(`/v1/events?consentId=${id}&limit=1`);
  const path = `/v1/events/${(json['events'] as { id: string }[])[0]?.id ?? ''}`;
  const tag = (await application.call(path)).headers.get('etag') ?? '';
  expect((await application.call(path, { headers: { 'if-none-match': tag } })).status).toBe(304);
});

test('nothing is done to what has changed', async () => {
  const stale = await tagOf();
  const patched = await consent('PATCH', { 'if-match': stale }, { tags: ['first'] });
  expect([patched.status, patched.json['tags']]).toEqual([200, ['first']]);
  const current = patched.headers.get('etag') ?? '';
  expect(current).toBe(await tagOf());
  const failures = [
    await consent('PATCH', { 'if-match': stale }, { tags: ['second'] }),
    await consent('DELETE', { 'if-match': stale }),
    await consent('DELETE', { 'if-match': `W/${current}` }),
    await consent('DELETE', { 'if-match': 'no tag' }),
    ...(await Promise.all(
      ['authorizations', 'completion'].map((part) =>
        application.call(`/v1/consents/${id}/${part}`, { method: 'POST', headers: { 'if-match': stale } }),
      ),
    )),
  ];
  expect(failures.map(({ status, json }) => `${status} ${String(json['code'])}`)).toEqual(
    failures.map(() => '412 precondition_failed'),
  );
  expect(await application.consent(id)).toMatchObject({ status: 'requested', tags: ['first'] });
  expect((await consent('DELETE', { 'if-match': `"other", ${current}` })).json['status']).toBe('revoked');
  expect((await consent('DELETE', { 'if-match': '*' })).status).toBe(200);
});

test('of two who have seen the same, one writes', async () => {
  const tag = await tagOf();
  const answers = await Promise.all(['a', 'b'].map((each) => consent('PATCH', { 'if-match': tag }, { tags: [each] })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
});

test.each([
  ['a revocation', 'DELETE', '', 'requested'],
  ['a completion', 'POST', '/completion', 'active'],
  ['an invitation', 'POST', '/authorizations', 'active'],
] as const)('%s is not done to what changes after it has been judged', async (_, method, part, status) => {
  // The row is all that is judged here: no bank has to be asked for a grant.
  const [{ terms } = {}] = await query(stack, 'SELECT terms FROM consents WHERE id = $1', [id]);
  const kind = part === '/completion' ? { durationType: 'ONE_TIME' } : {};
  await query(stack, 'UPDATE consents SET status = $2, next_action = $3, terms = $4 WHERE id = $1', [
    ...[id, status, status === 'requested' ? 'launch' : 'none'],
    JSON.stringify({ ...(terms as object), ...kind }),
  ]);
  const tag = await tagOf();
  const other = new Client({ connectionString: stack.databaseUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query(`UPDATE consents SET tags = '["meanwhile"]', updated_at = clock_timestamp() WHERE id = $1`, [id]);
    const answer = application.call(`/v1/consents/${id}${part}`, { method, headers: { 'if-match': tag } });
    await until('it has been judged, and waits', async () => {
      const waiting = await query(
        stack,
        `SELECT 1 FROM pg_stat_activity WHERE $1::int = ANY (pg_blocking_pids(pid)) AND query LIKE 'update "consents"%'`,
        [(other as unknown as { processID: number }).processID],
      );
      return waiting.length > 0;
    });
    await other.query('COMMIT');
    expect([(await answer).status, (await answer).json['code']]).toEqual([412, 'precondition_failed']);
  } finally {
    await other.end();
  }
  expect(await application.consent(id)).toMatchObject({ status, tags: ['meanwhile'] });
  expect(await query(stack, `SELECT 1 FROM invitations WHERE consent_id = $1 AND reason <> 'connect'`, [id])).toEqual(
    [],
  );
  // As it was: nobody is left with a row that its workflow does not know.
  await query(stack, `UPDATE consents SET status = 'requested', next_action = 'launch' WHERE id = $1`, [id]);
});

test('every answer has the id of its request', async () => {
  const mine = { 'x-request-id': 'request-of-mine.1' };
  const answers = [
    await application.call('/v1/nowhere', { headers: mine }),
    await application.call('/v1/consents', { method: 'PUT', headers: mine }),
    await application.call('/v1/consents', { method: 'POST', body: '{', headers: mine }),
    await application.call('/v1/consents/%E0%A4%A', { headers: mine }),
    await application.call('/v1/consents', { key: undefined, headers: mine }),
    await application.call('/v1/consents', { method: 'POST', body: `"${'x'.repeat(70_000)}"`, headers: mine }),
    await application.call('/v1/consents', {
      method: 'POST',
      body: 'x',
      headers: { ...mine, 'content-type': 'text/plain' },
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 405, 400, 404, 401, 413, 415]);
  for (const { headers, json } of answers) {
    expect([headers.get('x-request-id'), json['requestId']]).toEqual([mine['x-request-id'], mine['x-request-id']]);
  }
  const odd = await application.call('/v1/nowhere', { headers: { 'x-request-id': 'not one' } });
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
