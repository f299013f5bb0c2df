import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureCertificates, type Certificates } from '../../scripts/setup/certificates';
import type { ConsentId } from '../../src/domain/ids';
import type { ResolveAll } from '../../src/outbound/public-addresses';
import { changeEndpoint } from '../../src/store/webhook-endpoints';
import { createWebhookSender } from '../../src/webhooks/sender';
import { signedMessage } from '../../src/webhooks/message';
import type { RegisteredEndpoint } from '../../src/webhooks/endpoints';
import { currentStack } from '../setup/stack-access';
import { OwnBooks } from './support/own-books';
import { plantConsent } from './support/planted-consent';
import { fdxConsent } from './support/command';
import { HOSTILE_ANSWERS } from './support/hostile-answers';
import { startRawServer, type RawServer } from './support/raw-server';
import { good, WebhookReceiver } from './support/webhook-receiver';
import { WebhookStage } from './support/webhook-stage';

/*
 * Receivers that are wrong or mean harm: each costs an attempt at most, a second of it, and reaches nothing of ours.
 */
let books: OwnBooks;
let certificates: Certificates;
let directory: string;
let consents: ConsentId[];
let receiver: WebhookReceiver;
const opened: Server[] = [];

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'webhooks-'));
  certificates = await ensureCertificates(directory);
  books = await OwnBooks.open(currentStack());
  consents = [(await plantConsent(books, 'active')).id];
  receiver = await WebhookReceiver.start();
});
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
  receiver.answering = good;
});
afterAll(async () => {
  await receiver.stop();
  await books.close();
  rmSync(directory, { recursive: true, force: true });
});

async function raw(answer: (socket: Socket) => void): Promise<RawServer> {
  const started = await startRawServer(answer);
  opened.push(started.server);
  return started;
}

/** One event, sent to a url that was good when it was registered. @returns how it ended */
async function sentTo(url: string, options: ConstructorParameters<typeof WebhookStage>[1] = {}): Promise<string> {
  const friendly = new WebhookStage(books, { consents });
  const stage = new WebhookStage(books, { consents, ...options });
  const registered = await friendly.register(receiver.url);
  await changeEndpoint(books.database, registered.endpoint.id, { url });
  await stage.tell();
  await stage.drain();
  const outcome = await stage.lastOutcome(registered);
  await stage.forget(registered);
  await Promise.all([stage.close(), friendly.close()]);
  return outcome;
}

test.each(HOSTILE_ANSWERS)('a receiver that %s', async (_what, answer, outcome) => {
  const { port } = await raw(answer);
  const startedAt = Date.now();
  expect(await sentTo(`http://localhost:${port}/`)).toBe(outcome);
  expect(Date.now() - startedAt).toBeLessThan(4_000);
});

test('a redirect is not followed, wherever it leads', async () => {
  const inside = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  for (const status of [301, 302, 307, 308]) {
    const { port } = await raw((socket) =>
      socket.end(
        `HTTP/1.1 ${status} Over there\r\nlocation: http://127.0.0.1:${inside.port}/\r\ncontent-length: 0\r\n\r\n`,
      ),
    );
    expect(await sentTo(`http://localhost:${port}/`)).toBe(`redirect ${status}`);
  }
  expect(inside.asked()).toBe(0);
});

test('a certificate that nobody vouches for, or no TLS at all, gets nothing', async () => {
  const secure = await WebhookReceiver.start(certificates);
  expect(await sentTo(secure.url)).toBe('tls_failed');
  expect(await sentTo(secure.url.replace('localhost', '127.0.0.2'), { ca: certificates.caPem })).toBe(
    'connection_refused',
  );
  const { port } = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  expect(await sentTo(`https://localhost:${port}/`)).toBe('tls_failed');
  expect(secure.received).toEqual([]);
  await secure.stop();
});

const resolvingTo = (...answers: readonly (readonly string[])[]) => {
  let asked = 0;
  const resolve: ResolveAll = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    if (addresses.length === 0) callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    else
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  };
  return { resolve, asked: () => asked };
};

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '::a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
])('a name that resolves to %s is not connected to', async (address) => {
  const inside = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  const { resolve } = resolvingTo([address]);
  expect(await sentTo(`https://hooks.example:${inside.port}/`, { allowPrivateAddresses: false, resolve })).toBe(
    'address_refused',
  );
  expect(inside.asked()).toBe(0);
});

test('a name is resolved once for each attempt and judged each time: it cannot move inside meanwhile', async () => {
  const inside = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  const { resolve, asked } = resolvingTo([], ['127.0.0.1'], ['192.0.78.1', '127.0.0.1']);
  const sender = createWebhookSender({ timeoutSeconds: 1, allowPrivateAddresses: false, resolve });
  const message = signedMessage('evt_1', '{}', [`whsec_${Buffer.alloc(32).toString('base64')}`]);
  const outcomes: unknown[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    outcomes.push(await sender.send(`https://hooks.example:${inside.port}/`, message));
    expect(asked()).toBe(attempt);
  }
  const unanswered = (failure: string) => ({ kind: 'unanswered', failure });
  // One private address among public ones is one too many.
  expect(outcomes).toEqual(['name_not_found', 'address_refused', 'address_refused'].map(unanswered));
  expect(inside.asked()).toBe(0);
  await sender.close();
});

test('what was allowed in development is refused once the setting is off', async () => {
  const { port, asked } = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  for (const url of [`http://localhost:${port}/`, `https://127.0.0.1:${port}/`]) {
    expect(await sentTo(url, { allowPrivateAddresses: false })).toBe('address_refused');
  }
  expect(asked()).toBe(0);
});

test('through the outbound proxy, TLS untouched', async () => {
  const secure = await WebhookReceiver.start(certificates);
  const tunnels: string[] = [];
  const proxy = createHttpServer();
  proxy.on('connect', ({ url = '' }, client: Socket) => {
    tunnels.push(url);
    const [host = '', port] = url.split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  opened.push(proxy);
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(await sentTo(secure.url, { ca: certificates.caPem, proxyUrl })).toBe('delivered 200');
  expect(tunnels).toEqual([new URL(secure.url).host]);
  expect(secure.events).toHaveLength(1);
  await secure.stop();
});

test('what an application says of an endpoint moves no cursor of whoever looks at it', async () => {
  const stage = new WebhookStage(books, { consents });
  const registered = await stage.register(receiver.url);
  await stage.tell();
  await stage.drain();
  const description = 'before\u001b[2J\u001b]0;title\u0007\r\n\u009b31m\u202eretfa';
  await books.run('UPDATE webhook_endpoints SET description = $2 WHERE id = $1', [registered.endpoint.id, description]);
  const env = { ...currentStack().productEnvironment, DATABASE_URL: books.databaseUrl };
  const printed: string[] = [];
  for (const words of [['list'], ['show', registered.endpoint.id], ['deliveries', registered.endpoint.id]]) {
    const { code, stdout, stderr } = await fdxConsent(['webhooks', ...words], env);
    expect([words[0], code, stderr]).toEqual([words[0], 0, '']);
    printed.push(stdout);
  }
  expect(printed.join('')).toMatch(/^description: before/m);
  expect(printed.join('')).not.toMatch(/[^\n\P{Cc}]|[\u2028-\u202e\u2066-\u2069]/u);
  await stage.forget(registered);
  await stage.close();
});

describe('a challenge', () => {
  const outcomeOf = async (answering: WebhookReceiver['answering']): Promise<RegisteredEndpoint> => {
    const stage = new WebhookStage(books, { consents });
    receiver.answering = answering;
    const registered = await stage.register(receiver.url);
    await stage.tell();
    expect(await stage.deliveries(registered)).toEqual([]);
    await stage.forget(registered);
    await stage.close();
    return registered;
  };

  test.each<[string, WebhookReceiver['answering'], string]>([
    ['another challenge', (response) => response.end('{"challenge":"x"}'), 'wrong_challenge'],
    ['what is no JSON', (response) => response.end('<html>welcome</html>'), 'wrong_challenge'],
    ['no object', (response) => response.end('null'), 'wrong_challenge'],
    ['its own request', (response, { body }) => response.end(body), 'wrong_challenge'],
    [
      'it, compressed',
      (response, { json }) => response.setHeader('content-encoding', 'gzip').end(gzipSync(JSON.stringify(json.data))),
      'wrong_challenge',
    ],
    ['megabytes', (response) => response.end(' '.repeat(4_000_000)), 'wrong_challenge'],
    ['an error', (response) => response.writeHead(404).end(), 'status'],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(), 'redirect'],
    ['nothing', () => undefined, 'timeout'],
    ['half of it', (response) => response.write('{"challenge"'), 'timeout'],
  ])('answered with %s leaves the endpoint pending, and says why', async (_what, answering, failure) => {
    const { endpoint, outcome } = await outcomeOf(answering);
    expect(outcome).toMatchObject({ kind: 'unanswered', failure });
    expect(endpoint).toMatchObject({ status: 'pending', status_reason: failure });
  });
});
