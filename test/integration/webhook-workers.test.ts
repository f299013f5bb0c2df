import { Client } from 'pg';
import type { Certificates } from '../../scripts/setup/certificates';
import type { ConsentId } from '../../src/domain/ids';
import { settleAttempt } from '../../src/store/webhook-outcomes';
import { takeDue } from '../../src/store/webhook-queue';
import { startDue } from '../../src/webhooks/dispatcher';
import type { RegisteredEndpoint } from '../../src/webhooks/endpoints';
import type { OwnBooks } from './support/own-books';
import { until } from './support/until';
import { expectOrder, slowly, WebhookReceiver } from './support/webhook-receiver';
import { WebhookScene } from './support/webhook-scene';
import { WebhookStage } from './support/webhook-stage';

/*
 * Several workers, endpoints and transactions at once: none sends what another one sends, and none waits for what is not its own.
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

test('two workers share the work and send nothing twice', async () => {
  const other = new WebhookStage(books, { ca: certificates.caPem, consents });
  // Of two consents, so that there is always a next one that must wait.
  for (const id of consents.slice(0, 2)) await stage.change(id, 10);
  receiver.answering = slowly;
  await Promise.all([stage.drain(), other.drain(), stage.drain(), other.drain()]);
  await stage.drain();
  await other.close();
  const sent = receiver.events.length;
  expect(sent).toBe((await stage.deliveries(registered)).length);
  expect(receiver.effects.size).toBe(sent);
  expectOrder(receiver, consents);
  expect(Math.max(...receiver.events.map(({ atOnce }) => atOnce))).toBeLessThanOrEqual(4);
});

test('an endpoint that never answers holds up no other', async () => {
  const patient = new WebhookStage(books, { ca: certificates.caPem, consents, timeoutSeconds: 30 });
  const slow = await WebhookReceiver.start(certificates);
  const stuck = await stage.register(slow.url);
  slow.answering = () => undefined;
  for (let time = 0; time < 12; time += 1) await stage.tell();
  // As a worker does: what is under way is not waited for.
  while (receiver.events.length < 12) await startDue(patient.dispatching, patient.underWay);
  await slow.has(4);
  expect(patient.underWay.size).toBeGreaterThanOrEqual(4);
  expect(receiver.effects.size).toBe(12);
  expect(slow.events).toHaveLength(4);
  await slow.stop();
  await Promise.all(patient.underWay);
  expect((await stage.endpoint(stuck)).failures).toBe(4);
  await stage.forget(stuck);
  await patient.close();
});

test('an endpoint that is deleted in the very moment does not stand in the way of the change', async () => {
  const client = new Client({ connectionString: books.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query('DELETE FROM webhook_endpoints WHERE id = $1', [registered.endpoint.id]);
  const told = stage.tell();
  const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  await until('the change waits', async () => Number((await books.run(waiting))[0]?.['count']) > 0);
  await client.query('COMMIT');
  await client.end();
  expect(await told).toMatch(/^evt_/);
  expect(await stage.deliveries(registered)).toEqual([]);
});

test('whoever has lost the lease meanwhile changes nothing but the log', async () => {
  const { database } = books;
  const id = await stage.tell();
  const { clock, bounds } = stage.dispatching;
  const options = { clock, bounds, leaseSeconds: 4, room: 4 };
  const [late] = await takeDue(database, registered.endpoint.id, options);
  if (!late) throw new Error('nothing was taken');
  expect(late.eventId).toBe(id);
  // Nobody else gets it, nor what comes after it of the same consent.
  await stage.change(consents[0] ?? '', 1);
  expect(await takeDue(database, registered.endpoint.id, options)).toEqual([]);
  stage.pass(5);
  await stage.drain();
  await settleAttempt(database, clock, late, {
    record: { milliseconds: 1, failure: 'timeout' },
    next: { kind: 'failed' },
    patience: { ...bounds, isGone: false, restSeconds: 0, disableAfterDays: 5 },
  });
  const { row, attempts } = await stage.log(registered, late.id);
  expect(row).toMatchObject({ status: 'delivered', attempts: 2, failures: 0 });
  expect(attempts.map(({ failure, status }) => [failure, status])).toEqual([
    ['timeout', null],
    [null, 200],
  ]);
});
