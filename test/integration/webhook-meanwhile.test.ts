import type { ServerResponse } from 'node:http';
import { Client } from 'pg';
import { replayEvents, retryDelivery } from '../../src/store/webhook-deliveries';
import { changeEndpoint, deleteEndpoint, pauseEndpoint, resumeEndpoint } from '../../src/store/webhook-endpoints';
import { startDue } from '../../src/webhooks/dispatcher';
import { rotateSecret, type RegisteredEndpoint } from '../../src/webhooks/endpoints';
import { RETRY_AFTER_SECONDS } from '../../src/webhooks/schedule';
import type { OwnBooks } from './support/own-books';
import { until } from './support/until';
import { good, verified, WebhookReceiver } from './support/webhook-receiver';
import { WebhookScene } from './support/webhook-scene';
import { WebhookStage } from './support/webhook-stage';

/*
 * What somebody does to an endpoint while an attempt is under way: the attempt ends as it ends, and what was done stands.
 */
let books: OwnBooks;
let stage: WebhookStage;
let scene: WebhookScene;
let receiver: WebhookReceiver;
let registered: RegisteredEndpoint;

beforeAll(async () => {
  scene = await WebhookScene.open();
  ({ books } = scene);
});
afterAll(() => scene.close());
beforeEach(async () => {
  ({ stage, receiver, registered } = await scene.begin());
});
afterEach(() => scene.end());

/** An attempt that has arrived and is answered when the test says so. */
async function underWay(): Promise<{ readonly answered: (status: number) => Promise<void> }> {
  const before = receiver.events.length;
  let answer: (status: number) => void = () => undefined;
  receiver.answering = (response) => {
    answer = (status) => response.writeHead(status).end();
  };
  await startDue(stage.dispatching, stage.underWay);
  await receiver.has(before + 1);
  return {
    answered: async (status) => {
      receiver.answering = good;
      answer(status);
      await Promise.all(stage.underWay);
    },
  };
}

const broken = () => stage.events.filter(({ kind }) => kind === 'broke');
const latest = async () => (await stage.deliveries(registered))[0];

test('asked for again during its last attempt, it is not given up', async () => {
  const id = await stage.tell();
  await books.run('UPDATE webhook_deliveries SET failures = $2 WHERE event_id = $1', [id, RETRY_AFTER_SECONDS.length]);
  const { answered } = await underWay();
  expect(await replayEvents(books.database, registered.endpoint.id, { eventIds: [id] })).toBe(1);
  await answered(500);
  expect(await latest()).toMatchObject({ status: 'waiting', failures: 0, leased_until: null });
  await stage.drain();
  expect(await latest()).toMatchObject({ status: 'delivered', attempts: 2 });
});

test.each([
  ['replayed', (id: string) => replayEvents(books.database, registered.endpoint.id, { eventIds: [id] })],
  [
    'retried',
    async () => {
      await retryDelivery(books.database, registered.endpoint.id, (await latest())?.id ?? '');
    },
  ],
])('%s while it is being sent, it is sent once more, and not both at once', async (_how, again) => {
  const id = await stage.tell();
  const { answered } = await underWay();
  await again(id);
  expect(await startDue(stage.dispatching, stage.underWay)).toBe(0);
  await answered(200);
  await stage.drain();
  expect(receiver.events).toHaveLength(2);
  expect(receiver.effects).toEqual(new Set([id]));
  const { row, attempts } = await stage.log(registered, (await latest())?.id ?? '');
  expect(row).toMatchObject({ status: 'delivered', attempts: 2 });
  expect(attempts.map(({ status }) => status)).toEqual([200, 200]);
});

test('moved while its old address says that it is gone, an endpoint stays enabled', async () => {
  const elsewhere = await WebhookReceiver.start(scene.certificates);
  const id = await stage.tell();
  const { answered } = await underWay();
  await changeEndpoint(books.database, registered.endpoint.id, { url: elsewhere.url });
  await answered(410);
  expect(await stage.endpoint(registered)).toMatchObject({ status: 'enabled', failures: 0, retry_at: null });
  stage.pass(10);
  await stage.drain();
  expect(elsewhere.effects).toEqual(new Set([id]));
  await elsewhere.stop();
});

test('deleted in the middle of an attempt, nothing breaks and nothing is left', async () => {
  await stage.tell();
  const { answered } = await underWay();
  expect(await deleteEndpoint(books.database, registered.endpoint.id)).toBe(true);
  await answered(500);
  expect(broken()).toEqual([]);
  expect(await stage.deliveries(registered)).toEqual([]);
});

test('paused in the middle of an attempt, that one is noted and a replay waits with the rest', async () => {
  const id = await stage.tell();
  const { answered } = await underWay();
  await pauseEndpoint(books.database, registered.endpoint.id);
  await answered(200);
  expect(await latest()).toMatchObject({ status: 'delivered' });
  await replayEvents(books.database, registered.endpoint.id, { eventIds: [id] });
  expect(await stage.round()).toBe(0);
  await resumeEndpoint(books.database, registered.endpoint.id);
  await stage.drain();
  expect(receiver.events).toHaveLength(2);
});

test('with another secret from one attempt to the next, each is signed with what is in force then', async () => {
  const id = await stage.tell();
  const { answered } = await underWay();
  const { secret } = await rotateSecret(stage.hands, registered.endpoint, { overlapSeconds: 0 });
  await answered(500);
  stage.pass(10);
  await stage.drain();
  const [before, after] = receiver.events;
  if (!before || !after) throw new Error('it did not come twice');
  expect(verified(registered.secret, before)).toMatchObject({ id });
  expect(verified(secret, after)).toMatchObject({ id });
  expect(() => verified(registered.secret, after)).toThrow('No matching signature');
});

test('a replay and a dispatcher take the endpoint first: neither holds what the other one needs', async () => {
  const id = await stage.tell();
  const dispatcher = new Client({ connectionString: books.databaseUrl });
  await dispatcher.connect();
  await dispatcher.query('BEGIN');
  const lock = 'SELECT 1 FROM webhook_endpoints WHERE id = $1 FOR NO KEY UPDATE';
  await dispatcher.query(lock, [registered.endpoint.id]);
  const replayed = replayEvents(books.database, registered.endpoint.id, { eventIds: [id] });
  const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  await until('the replay waits', async () => Number((await books.run(waiting))[0]?.['count']) > 0);
  await dispatcher.query('SELECT 1 FROM webhook_deliveries WHERE event_id = $1 FOR UPDATE NOWAIT', [id]);
  await dispatcher.query('COMMIT');
  await dispatcher.end();
  expect(await replayed).toBe(1);
  await stage.drain();
});

test('for want of its secret an endpoint rests: its backlog is not tried again and again', async () => {
  for (let time = 0; time < 12; time += 1) await stage.tell();
  await books.run('UPDATE webhook_secrets SET expires_at = now() WHERE endpoint_id = $1', [registered.endpoint.id]);
  await stage.drain();
  const attempts = () => books.run('SELECT failure FROM webhook_attempts WHERE failure IS NOT NULL');
  expect((await attempts()).length).toBeLessThanOrEqual(4);
  expect(await stage.endpoint(registered)).toMatchObject({ status: 'enabled', failures: 0, failing_since: null });
  await books.run('UPDATE webhook_secrets SET expires_at = NULL WHERE endpoint_id = $1', [registered.endpoint.id]);
  stage.pass(60);
  await stage.drain();
  expect(receiver.effects.size).toBe(12);
  expect(await stage.endpoint(registered)).toMatchObject({ retry_at: null });
});

test('of two that fail at once, one does not take back the time that the other one was asked for', async () => {
  const ids = [await stage.tell(), await stage.tell()];
  const answers: ServerResponse[] = [];
  receiver.answering = (response) => answers.push(response);
  await startDue(stage.dispatching, stage.underWay);
  await receiver.has(2);
  answers[0]?.writeHead(429, { 'retry-after': '1000' }).end();
  await until('it is noted', async () => (await stage.endpoint(registered)).failures === 1);
  answers[1]?.writeHead(500).end();
  await Promise.all(stage.underWay);
  receiver.answering = good;
  stage.pass(990);
  expect(await stage.round()).toBe(0);
  stage.pass(20);
  await stage.drain();
  expect(receiver.effects).toEqual(new Set(ids));
  expect(await stage.endpoint(registered)).toMatchObject({ failures: 0, retry_at: null });
});

test('a clock that is set back a day, and forward again, loses nothing and sends nothing twice', async () => {
  const first = await stage.tell();
  await stage.drain();
  stage.pass(-24 * 60 * 60);
  expect(await stage.round()).toBe(0);
  const second = await stage.tell();
  stage.pass(24 * 60 * 60 + 1);
  await stage.drain();
  expect(receiver.events).toHaveLength(2);
  expect(receiver.effects).toEqual(new Set([first, second]));
});

describe('receivers that hold what they get', () => {
  const hold = () => undefined;
  const others: RegisteredEndpoint[] = [];
  let patient: WebhookStage;
  beforeEach(() => {
    const ca = scene.certificates.caPem;
    patient = new WebhookStage(books, { ca, consents: scene.consents, timeoutSeconds: 30 });
  });
  afterEach(async () => {
    await patient.close();
    await Promise.all(patient.underWay);
    for (const each of others.splice(0)) await stage.forget(each);
  });

  test('at one origin hold up no other endpoint there', async () => {
    for (const name of ['a', 'b', 'c']) others.push(await stage.register(`${receiver.url}/${name}`));
    receiver.answering = (response, received) => {
      if (received.path === '/hooks') good(response, received);
    };
    const ids: string[] = [];
    for (let time = 0; time < 6; time += 1) ids.push(await stage.tell());
    const arrived = () => new Set(receiver.events.filter(({ path }) => path === '/hooks').map(({ json }) => json.id));
    await until('what is not held', async () => {
      await startDue(patient.dispatching, patient.underWay);
      return ids.every((id) => arrived().has(id));
    });
    expect(receiver.events.filter(({ path }) => path !== '/hooks')).toHaveLength(12);
  });

  test('get less of a worker the more there are of them', async () => {
    receiver.answering = good;
    for (let index = 0; index < 19; index += 1) others.push(await stage.register(`${receiver.url}/${index}`));
    receiver.answering = hold;
    for (let time = 0; time < 4; time += 1) await stage.tell();
    let started = 0;
    do started = await startDue(patient.dispatching, patient.underWay);
    while (started > 0);
    // Sixteen with four, and whoever came after them with one.
    expect(patient.underWay.size).toBe(64 + 4);
    await receiver.has(64 + 4);
    expect(new Set(receiver.events.map(({ path }) => path)).size).toBe(20);
  });
});
