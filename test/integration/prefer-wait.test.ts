import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { Journey } from './support/journey';
import { withBankReserved } from './support/reservation';

/*
 * Requests that wait until there is something to say. They wait longer than any test may take: one that is answered was woken.
 */
const stack = currentStack();
const application = new Application(stack);

const WAIT = { prefer: 'wait=60' };

const read = (id: string, headers: Record<string, string>) => application.call(`/v1/consents/${id}`, { headers });

test('a consent is sent once it is another', async () => {
  const { id } = await application.request();
  const tag = (await read(id, {})).headers.get('etag') ?? '';
  const waiting = read(id, { ...WAIT, 'if-none-match': tag });
  await application.call(`/v1/consents/${id}`, { method: 'PATCH', body: { tags: ['woken'] } });
  const { status, json, headers } = await waiting;
  expect([status, json['tags'], headers.get('preference-applied')]).toEqual([200, ['woken'], 'wait=60']);
  // It is another than that one already.
  expect((await read(id, { ...WAIT, 'if-none-match': tag })).json['tags']).toEqual(['woken']);
});

test('and when the time is over, as it is', async () => {
  const { id } = await application.request();
  const tag = (await read(id, {})).headers.get('etag') ?? '';
  const startedAt = performance.now();
  const known = await read(id, { prefer: 'wait=1', 'if-none-match': tag });
  expect(performance.now() - startedAt).toBeGreaterThan(950);
  expect([known.status, known.headers.get('preference-applied')]).toEqual([304, 'wait=1']);
  expect((await read(id, { prefer: 'wait=0' })).status).toBe(200);
  expect((await read(id, {})).headers.get('preference-applied')).toBeNull();
});

test('the end of a consent is waited for', async () => {
  await withBankReserved(stack, async () => {
    const lasting = await Journey.walk(application);
    await lasting.reaches('active');
    const revoked = await application.call(`/v1/consents/${lasting.consentId}`, { method: 'DELETE', headers: WAIT });
    expect(revoked.json).toMatchObject({ status: 'revoked', bankEnding: 'done' });
    const once = await Journey.walk(application, { durationType: 'ONE_TIME', durationPeriod: undefined });
    await once.reaches('active');
    const path = `/v1/consents/${once.consentId}/completion`;
    const completed = await application.call(path, { method: 'POST', headers: WAIT });
    expect([completed.status, completed.json['status']]).toEqual([200, 'expired']);
  });
});

test('the next event is waited for', async () => {
  const { id } = await application.request();
  const events = (query: string, headers: Record<string, string> = {}) =>
    application.call(`/v1/events?consentId=${id}&${query}`, { headers });
  const { json } = await events('');
  const waiting = events(`cursor=${String(json['nextCursor'])}&type=consent.revoked`, WAIT);
  // Not what is waited for.
  await application.request();
  await application.revoke(id);
  const told = await waiting;
  expect((told.json['events'] as { type: string }[]).map(({ type }) => type)).toEqual(['consent.revoked']);
  expect(told.headers.get('preference-applied')).toBe('wait=60');
});

test('what cannot be read is refused before anything is done', async () => {
  const { id } = await application.request();
  const wrong = { prefer: 'wait=61' };
  const answers = [
    await read(id, wrong),
    await application.call('/v1/events', { headers: wrong }),
    await application.call(`/v1/consents/${id}`, { method: 'DELETE', headers: wrong }),
  ];
  expect(answers.map(({ json }) => json['code'])).toEqual(answers.map(() => 'prefer_invalid'));
  expect((await application.consent(id)).status).toBe('requested');
});
