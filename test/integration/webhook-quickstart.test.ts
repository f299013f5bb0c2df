import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { repositoryRoot } from '../../scripts/setup/repository';
import type { ConsentId } from '../../src/domain/ids';
import { verifyEndpoint } from '../../src/webhooks/endpoints';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { until } from './support/until';
import { WebhookStage } from './support/webhook-stage';

/*
 * The receiver of docs/webhooks.md, as it is printed there.
 */
const page = readFileSync(path.join(repositoryRoot, 'docs/webhooks.md'), 'utf8');
const [, program = ''] = /```js file=receiver\.mjs\n([\s\S]*?)```/.exec(page) ?? [];
// Beside node_modules, where an application's own program is.
const directory = path.join(repositoryRoot, '.fdx-consent', 'quickstart');
let books: OwnBooks;
let consents: ConsentId[];
let receiver: ChildProcess | undefined;

beforeAll(async () => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'receiver.mjs'), program);
  books = await OwnBooks.open(currentStack());
  consents = [(await plantConsent(books, 'active')).id];
});
afterEach(() => {
  receiver?.kill('SIGKILL');
});
afterAll(async () => {
  await books.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(port: number, secret = ''): Promise<{ printed: () => string }> {
  receiver?.kill('SIGKILL');
  const child = spawn(process.execPath, ['receiver.mjs'], {
    cwd: directory,
    env: { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver = child;
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await until('the receiver listens', () =>
    fetch(`http://localhost:${port}/`, { method: 'POST', body: '{}' }).then(
      ({ status }) => status === 401,
      () => false,
    ),
  );
  return { printed: () => printed };
}

test('answers the challenge, verifies what comes, and does its work once for each event', async () => {
  const port = await chooseRandomPort();
  const stage = new WebhookStage(books, { consents });
  await start(port);
  const registered = await stage.register(`http://localhost:${port}/`);
  expect(registered.outcome).toEqual({ kind: 'answered' });
  const wrong = await start(port, `whsec_${Buffer.alloc(32).toString('base64')}`);
  await stage.tell();
  await stage.drain();
  expect(await stage.lastOutcome(registered)).toBe('status 401');
  const right = await start(port, registered.secret);
  expect(await verifyEndpoint(stage.hands, await stage.endpoint(registered))).toMatchObject({ status: 'enabled' });
  stage.pass(60);
  await stage.drain();
  expect(await stage.lastOutcome(registered)).toBe('delivered 204');
  await books.run(`UPDATE webhook_deliveries SET status = 'waiting'`);
  await stage.drain();
  await until('it prints', () => Promise.resolve(right.printed() !== ''));
  expect(right.printed()).toBe(`consent.renewed ${consents[0] ?? ''} active\n`);
  expect(wrong.printed()).toBe('');
  await stage.close();
});
