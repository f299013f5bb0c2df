import { openDatabase } from '../../src/store/database';
import { createApiKey } from '../../src/store/api-keys';
import { saveApplication } from '../../src/store/applications';
import type { ApplicationId } from '../../src/domain/ids';
import { envelopeSchema, type EventEnvelope } from '../../src/events/envelope';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { Journey } from './support/journey';
import { withBankReserved } from './support/reservation';

/*
 * Events as an application polls them, over HTTP.
 */
const stack = currentStack();
const application = new Application(stack);
let consentId: string;

beforeAll(() =>
  withBankReserved(stack, async () => {
    const journey = await Journey.walk(application);
    await journey.reaches('active');
    ({ consentId } = journey);
    await application.revoke(consentId);
    await journey.reaches('revoked');
  }),
);

const call = (query = '', more: object = {}) => application.call(`/v1/events${query}`, more);

async function all(query: string): Promise<readonly EventEnvelope[]> {
  const events: EventEnvelope[] = [];
  for (let cursor = ''; ;) {
    const { status, json, text } = await call(`?limit=3&${query}${cursor}`);
    if (status !== 200) throw new Error(`${status}: ${text}`);
    events.push(...(json['events'] as EventEnvelope[]));
    if (json['hasMore'] !== true) return events;
    cursor = `&cursor=${String(json['nextCursor'])}`;
  }
}

test('the life of a consent is told from its request to its end, in order', async () => {
  const events = await all(`consentId=${consentId}`);
  for (const event of events) expect(envelopeSchema.safeParse(event)).toMatchObject({ success: true });
  const types = events.map(({ type }) => type);
  expect(types.slice(0, 2).toSorted()).toEqual(['consent.requested', 'invitation.opened']);
  for (const type of [
    ...['consent.authorizing', 'receipt.issued', 'consent.active', 'invitation.closed'],
    ...['revocation.requested', 'consent.revoked'],
  ]) {
    expect([type, types.filter((each) => each === type).length]).toEqual([type, 1]);
  }
  expect(types).not.toContain('consent.renewed');
  const versions = events.map(({ version }) => version);
  expect(versions).toEqual(versions.toSorted((one, other) => one - other));
  const active = events.find(({ type }) => type === 'consent.active');
  const receipt = events.find(({ type }) => type === 'receipt.issued');
  expect(active?.data).toMatchObject({ status: 'active', receiptId: receipt?.data['receiptId'] });
});

test('they are found by type, kind and time', async () => {
  const events = await all(`consentId=${consentId}`);
  const of = (filter: (event: EventEnvelope) => boolean) => events.filter(filter);
  expect(await all(`consentId=${consentId}&type=consent.active&type=receipt.issued`)).toEqual(
    of(({ type }) => ['consent.active', 'receipt.issued'].includes(type)),
  );
  expect(await all(`consentId=${consentId}&type=invitation.*,revocation.*`)).toEqual(
    of(({ type }) => /^(invitation|revocation)\./.test(type)),
  );
  const [, second, third, fourth] = events;
  expect(await all(`consentId=${consentId}&from=${second?.timestamp ?? ''}&to=${fourth?.timestamp ?? ''}`)).toEqual(
    of(({ timestamp }) => timestamp >= (second?.timestamp ?? '') && timestamp < (fourth?.timestamp ?? '')),
  );
  expect(third).toBeDefined();
});

test('one is read by its id, as it was listed', async () => {
  const [event] = await all(`consentId=${consentId}`);
  const { status, json } = await call(`/${event?.id ?? ''}`);
  expect([status, json]).toEqual([200, event]);
});

test('someone else’s and one that does not exist are the same', async () => {
  const database = openDatabase({ url: stack.databaseUrl, maxConnections: 1, onConnectionLost: () => undefined });
  const id = `other-${process.pid}` as ApplicationId;
  await saveApplication(database, { id, name: 'Other', returnUrls: [] });
  const { apiKey } = await createApiKey(database, { role: 'application', applicationId: id }, 'test');
  await database.destroy();
  const [event] = await all(`consentId=${consentId}`);
  const theirs = await call(`/${event?.id ?? ''}`, { key: apiKey });
  const unknown = await call('/evt_00000000000000000000000000000000', { key: apiKey });
  for (const answer of [theirs, unknown])
    expect([answer.status, answer.json['code']]).toEqual([404, 'event_not_found']);
  const listed = await call(`?consentId=${consentId}`, { key: apiKey });
  expect([listed.status, listed.json['events']]).toEqual([200, []]);
});

test.each([
  ['?type=consent', 'type.0'],
  ['?type=*', 'type.0'],
  ['?type=data.read', 'type.0'],
  ['?consentId=cns_1', 'consentId'],
  ['?from=2026-01-01', 'from'],
  ['?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
  ['?limit=0', 'limit'],
  ['?cursor=MS4x', 'cursor'],
  ['?order=desc', ''],
])('are not asked for with %s', async (query, where) => {
  const { status, json } = await call(query);
  expect([status, json['code']]).toEqual([400, 'request_invalid']);
  expect((json['errors'] as { path: string }[]).map((fault) => fault.path)).toEqual([where]);
});

test('a cursor from before what is kept is told so, and what to do', async () => {
  const { status, json } = await call(`?cursor=${Buffer.from('1.1.1.1').toString('base64url')}`);
  expect([status, json['code']]).toEqual([410, 'event_position_gone']);
  expect(json['fix']).toContain('Start without a cursor');
});

test('are read only, by whom they are for', async () => {
  const head = await call('', { method: 'HEAD' });
  expect([head.status, head.text]).toEqual([200, '']);
  const posted = await call('', { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await call('', { key: undefined })).status).toBe(401);
  expect((await call('', { key: stack.operatorKey })).status).toBe(403);
});
