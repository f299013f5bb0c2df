import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { compiled } from '../../scripts/setup/repository';
import type { ConsentId } from '../../src/domain/ids';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { until } from './support/until';
import { good, WebhookReceiver } from './support/webhook-receiver';
import { WebhookStage } from './support/webhook-stage';

/*
 * Workers that end in the middle of an attempt, as kill -9 ends them and as an orchestrator does.
 */
let books: OwnBooks;
let stage: WebhookStage;
let receiver: WebhookReceiver;
let consents: ConsentId[];
const workers: ChildProcess[] = [];
const TIMEOUT_SECONDS = 1;

beforeAll(async () => {
  books = await OwnBooks.open(currentStack());
  consents = await Promise.all(Array.from({ length: 4 }, async () => (await plantConsent(books, 'active')).id));
});
afterAll(() => books.close());
beforeEach(async () => {
  stage = new WebhookStage(books, { consents });
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  await receiver.stop();
  await stage.close();
});

function startWorker(): ChildProcess {
  const script = path.join(__dirname, 'support/webhook-process.cjs');
  const root = path.dirname(path.dirname(compiled('src/worker.js')));
  const worker = spawn(process.execPath, [script, root, `${TIMEOUT_SECONDS}`], {
    env: { ...process.env, DATABASE_URL: books.databaseUrl, VAULT_KEYS: books.vaultKeys },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

const areDelivered = (registered: Awaited<ReturnType<WebhookStage['register']>>) => () =>
  stage.deliveries(registered).then((all) => all.every(({ status }) => status === 'delivered'));

test('killed in the middle of an attempt: another worker sends it again under the same id, and nothing is lost', async () => {
  const registered = await stage.register(receiver.url);
  const ids = await Promise.all(consents.map(() => stage.tell()));
  // It has arrived, and nobody will ever note so.
  receiver.answering = () => undefined;
  const worker = startWorker();
  await receiver.has(ids.length);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  receiver.answering = good;
  expect(new Set((await stage.deliveries(registered)).map(({ status }) => status))).toEqual(new Set(['waiting']));
  startWorker();
  await until('every event is delivered', areDelivered(registered));
  expect(receiver.events.length).toBeGreaterThan(ids.length);
  // What the receiver does by id it does once.
  expect(receiver.effects).toEqual(new Set(ids));
  const [delivery] = await stage.deliveries(registered);
  const { attempts } = await stage.log(registered, delivery?.id ?? '');
  expect(attempts.map(({ milliseconds, status }) => [milliseconds !== null, status])).toEqual([
    [false, null],
    [true, 200],
  ]);
  await stage.forget(registered);
});

test('told to stop in the middle of an attempt: it is finished and noted first', async () => {
  const registered = await stage.register(receiver.url);
  const id = await stage.tell();
  let answer: () => void = () => undefined;
  receiver.answering = (response, received) => {
    answer = () => void good(response, received);
  };
  const worker = startWorker();
  await receiver.has(1);
  worker.kill('SIGTERM');
  answer();
  await once(worker, 'exit');
  expect(await areDelivered(registered)()).toBe(true);
  expect(receiver.effects).toEqual(new Set([id]));
  expect(receiver.events).toHaveLength(1);
  await stage.forget(registered);
});
