import { Client } from 'pg';
import type { Certificates } from '../../scripts/setup/certificates';
import type { ConsentId } from '../../src/domain/ids';
import { removeConsent } from '../../src/store/evidence';
import { purgeConsent } from '../../src/activities/purge';
import { pauseEndpoint, resumeEndpoint } from '../../src/store/webhook-endpoints';
import { removeOldDeliveries } from '../../src/store/webhook-outcomes';
import { replayEvents, retryDelivery } from '../../src/store/webhook-deliveries';
import { rotateSecret, verifyEndpoint, type RegisteredEndpoint } from '../../src/webhooks/endpoints';
import { RETRY_AFTER_SECONDS } from '../../src/webhooks/schedule';
import { currentStack } from '../setup/stack-access';
import { dump } from './support/database';
import type { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { expectOrder, good, slowly, verified, WebhookReceiver } from './support/webhook-receiver';
import { WebhookScene } from './support/webhook-scene';
import type { WebhookStage } from './support/webhook-stage';

/*
 * Events on their way to an application's own server, which is up, down, slow or says no: each arrives at least once, under one id.
 */
let books: OwnBooks;
let stage: WebhookStage;
let certificates: Certificates;
let scene: WebhookScene;
let receiver: WebhookReceiver;
let consents: ConsentId[];
let registered: RegisteredEndpoint;

beforeAll(async () => {
  scene = await WebhookScene.open();
  ({ books, certificates, consents } = scene);
});
afterAll(() => scene.close());
beforeEach(async () => {
  ({ stage, receiver, registered } = await scene.begin());
});
afterEach(() => scene.end());

const DAY = 24 * 60 * 60;
const statuses = async () => (await stage.deliveries(registered)).map(({ status }) => status);

test('an event arrives signed, over TLS, under its own id', async () => {
  expect(registered.outcome).toEqual({ kind: 'answered' });
  const id = await stage.tell();
  await stage.drain();
  const [received, ...more] = receiver.events;
  if (!received) throw new Error('nothing came');
  expect(more).toEqual([]);
  expect(verified(registered.secret, received)).toEqual(received.json);
  expect(received.json).toMatchObject({ id, type: 'consent.renewed', data: { status: 'active' } });
  expect(received.headers['webhook-id']).toBe(id);
  expect(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, received)).toThrow('No matching signature');
  expect(await statuses()).toEqual(['delivered']);
  expect(stage.events.map(({ kind }) => kind)).toEqual(['attempted']);
});

test('a delivery is written with the change, or not at all', async () => {
  const { id } = await plantConsent(books, 'active');
  await stage.drain();
  const before = (await stage.deliveries(registered)).length;
  const client = new Client({ connectionString: books.databaseUrl });
  await client.connect();
  const change = `UPDATE consents SET status = 'revoked' WHERE id = '${id}'; SET CONSTRAINTS ALL IMMEDIATE`;
  await client.query(`BEGIN; ${change}; ROLLBACK`);
  expect(await stage.deliveries(registered)).toHaveLength(before);
  await client.query(`BEGIN; ${change}; COMMIT`);
  await client.end();
  // Nothing has been sent yet, and whoever dies now loses nothing.
  expect((await stage.deliveries(registered))[0]).toMatchObject({ type: 'consent.revoked', status: 'waiting' });
});

test('where nothing fails, the events of a consent arrive in their order, and different ones at once', async () => {
  for (const id of consents.slice(0, 2)) await stage.change(id, 8);
  receiver.answering = slowly;
  await stage.drain();
  expectOrder(receiver, consents);
  expect(Math.max(...receiver.events.map(({ atOnce }) => atOnce))).toBeGreaterThan(1);
});

test('what it is not subscribed to does not come', async () => {
  await books.run(`UPDATE webhook_endpoints SET event_types = '{notice.*,consent.revoked}' WHERE id = $1`, [
    registered.endpoint.id,
  ]);
  const { id } = await plantConsent(books, 'active');
  await books.run(`UPDATE consents SET status = 'revoked' WHERE id = $1`, [id]);
  await stage.drain();
  expect(new Set(receiver.events.map(({ json }) => json.type))).toEqual(new Set(['notice.given', 'consent.revoked']));
});

test('a receiver that is down gets everything when it is up again, each event once in effect', async () => {
  const { port } = receiver;
  await receiver.stop();
  const ids = [await stage.tell(), await stage.tell(), await stage.tell(), await stage.tell(), await stage.tell()];
  await stage.drain();
  expect(await stage.endpoint(registered)).toMatchObject({ status: 'enabled', failures: 4 });
  // The circuit: one at a time, with pauses.
  expect(await stage.round()).toBe(0);
  stage.pass(20);
  expect(await stage.round()).toBe(1);
  expect(await stage.round()).toBe(0);
  receiver = await WebhookReceiver.start(certificates, port);
  stage.pass(30 * 60);
  await stage.drain();
  expect(receiver.effects).toEqual(new Set(ids));
  expect(receiver.events).toHaveLength(ids.length);
  expect(new Set(await statuses())).toEqual(new Set(['delivered']));
  expect(await stage.endpoint(registered)).toMatchObject({ failures: 0, failing_since: null, retry_at: null });
});

test('what fails for three days is given up, and comes when somebody says so', async () => {
  receiver.answering = (response) => response.writeHead(500).end('secret of a stranger');
  const id = await stage.tell();
  let seconds = 0;
  while ((await statuses())[0] === 'waiting') {
    await stage.drain();
    stage.pass(60);
    seconds += 60;
    expect(seconds).toBeLessThan(6 * DAY);
    const due = (await stage.deliveries(registered))[0]?.due_at.getTime() ?? 0;
    // Nothing happens until then: a day of minutes would be a long test.
    const leap = Math.max(0, Math.floor((due - Date.now()) / 1_000 - seconds));
    stage.pass(leap);
    seconds += leap;
  }
  expect(seconds / DAY).toBeGreaterThan(2.4);
  expect(seconds / DAY).toBeLessThan(4);
  const [delivery] = await stage.deliveries(registered);
  const { row, attempts } = await stage.log(registered, delivery?.id ?? '');
  expect(row).toMatchObject({ status: 'failed', attempts: RETRY_AFTER_SECONDS.length + 1 });
  expect(attempts.map(({ number, status, failure }) => [number, status, failure])).toEqual(
    attempts.map((_, index) => [index + 1, 500, 'status']),
  );
  expect(new Set(receiver.events.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
  receiver.answering = good;
  await retryDelivery(books.database, registered.endpoint.id, row?.id ?? '');
  stage.pass(600);
  await stage.drain();
  expect(await statuses()).toEqual(['delivered']);
  expect(receiver.events).toHaveLength(RETRY_AFTER_SECONDS.length + 2);
});

test('an endpoint with nothing but failures for days is disabled, and what waits is sent once it answers again', async () => {
  receiver.answering = (response) => response.writeHead(500).end();
  await stage.tell();
  await stage.drain();
  stage.pass(5 * DAY + 60);
  const late = await stage.tell();
  await stage.drain();
  expect(await stage.endpoint(registered)).toMatchObject({ status: 'disabled', status_reason: 'failing' });
  expect(stage.events).toContainEqual({ kind: 'disabled', endpointId: registered.endpoint.id, reason: 'failing' });
  const meanwhile = await stage.tell();
  stage.pass(DAY);
  expect(await stage.round()).toBe(0);
  receiver.answering = good;
  expect(await verifyEndpoint(stage.hands, await stage.endpoint(registered))).toMatchObject({ status: 'enabled' });
  await stage.drain();
  expect(receiver.effects).toContain(late);
  expect(receiver.effects).not.toContain(meanwhile);
  await replayEvents(books.database, registered.endpoint.id, { eventIds: [meanwhile] });
  await stage.drain();
  expect(receiver.effects).toContain(meanwhile);
});

test('410 disables at once; 429 gives it the time that it asks for', async () => {
  receiver.answering = (response) => response.writeHead(429, { 'retry-after': '1000' }).end();
  await stage.tell();
  await stage.drain();
  stage.pass(990);
  expect(await stage.round()).toBe(0);
  receiver.answering = (response) => response.writeHead(410).end();
  stage.pass(20);
  await stage.drain();
  expect(await stage.endpoint(registered)).toMatchObject({ status: 'disabled', status_reason: 'gone' });
  expect(receiver.events).toHaveLength(2);
});

test('a paused endpoint gets later what happens meanwhile', async () => {
  await pauseEndpoint(books.database, registered.endpoint.id);
  const id = await stage.tell();
  expect(await stage.round()).toBe(0);
  await resumeEndpoint(books.database, registered.endpoint.id);
  await stage.drain();
  expect(receiver.effects).toEqual(new Set([id]));
});

test('while a secret is rotated both sign, the newest first; then only the new one does', async () => {
  const { secret } = await rotateSecret(stage.hands, registered.endpoint, { overlapSeconds: 3_600 });
  await stage.tell();
  await stage.drain();
  const [both] = receiver.events;
  if (!both) throw new Error('nothing came');
  expect(both.headers['webhook-signature']?.toString().split(' ')).toHaveLength(2);
  for (const each of [secret, registered.secret]) expect(verified(each, both)).toEqual(both.json);
  await books.run('UPDATE webhook_secrets SET expires_at = now() WHERE expires_at IS NOT NULL');
  await stage.tell();
  await stage.drain();
  const [, one] = receiver.events;
  if (!one) throw new Error('nothing came');
  expect(verified(secret, one)).toEqual(one.json);
  expect(() => verified(registered.secret, one)).toThrow('No matching signature');
});

test('a replay has the same ids, of a time or of what failed', async () => {
  const since = new Date();
  const ids = [await stage.tell(), await stage.tell(), await stage.tell()];
  await stage.drain();
  await books.run(`UPDATE webhook_deliveries SET status = 'failed' WHERE event_id = $1`, [ids[1]]);
  const until = new Date(Date.now() + 60_000);
  expect(await replayEvents(books.database, registered.endpoint.id, { since, until, onlyFailed: true })).toBe(1);
  await stage.drain();
  expect(await replayEvents(books.database, registered.endpoint.id, { since, until, onlyFailed: false })).toBe(3);
  await stage.drain();
  expect(receiver.effects).toEqual(new Set(ids));
  expect(receiver.events).toHaveLength(3 + 1 + 3);
});

test('what a consent leaves behind here goes with it, and the log after its days', async () => {
  const { id } = await plantConsent(books, 'expired', {
    granted_at: new Date('2020-01-01'),
    created_at: new Date('2020-01-01'),
  });
  await stage.drain();
  await purgeConsent(books.dependencies(), { consentId: id });
  expect((await stage.deliveries(registered)).some(({ consent_id: of }) => of === id)).toBe(true);
  expect(await removeConsent(books.database, id)).toBe('removed');
  expect((await stage.deliveries(registered)).some(({ consent_id: of }) => of === id)).toBe(false);
  await stage.tell();
  await stage.drain();
  const { clock } = stage.dispatching;
  expect(await removeOldDeliveries(books.database, clock, 30, 100)).toBe(0);
  stage.pass(31 * DAY);
  expect(await removeOldDeliveries(books.database, clock, 30, 100)).toBe(1);
});

test('a secret is in no table', async () => {
  const { secret } = await rotateSecret(stage.hands, registered.endpoint, { overlapSeconds: 0 });
  await stage.tell();
  await stage.drain();
  const text = [...(await dump({ ...currentStack(), databaseUrl: books.databaseUrl })).values()].flat().join('\n');
  expect(text).toContain(registered.endpoint.id);
  for (const each of [secret, registered.secret]) {
    const bytes = Buffer.from(each.replace('whsec_', ''), 'base64');
    for (const form of [each, each.slice(6), bytes.toString('hex'), bytes.toString('base64url')]) {
      expect(text.includes(form)).toBe(false);
    }
  }
});
