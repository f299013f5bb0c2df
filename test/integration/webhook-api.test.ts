import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { currentStack } from '../setup/stack-access';
import { Application, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { until } from './support/until';
import { good, verified, WebhookReceiver } from './support/webhook-receiver';

/*
 * Webhooks as an application manages them over HTTP, and as the stack's own worker sends them.
 */
const stack = currentStack();
const api = new Application(stack);
let applicationId: string;
let key: string;
let receiver: WebhookReceiver;

beforeAll(async () => {
  ({ id: applicationId, key } = await newApplication());
});
beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(async () => {
  for (const { id } of (await call('GET', '/v1/webhook-endpoints')).json['endpoints'] as { id: string }[]) {
    await call('DELETE', `/v1/webhook-endpoints/${id}`);
  }
  await receiver.stop();
});

async function newApplication(): Promise<{ id: string; key: string }> {
  const id = `hooks-${randomUUID().slice(0, 8)}`;
  const added = await fdxConsent(
    ['applications', 'add', '--id', id, '--name', 'Hooks', '--json'],
    stack.productEnvironment,
  );
  return { id, key: (JSON.parse(added.stdout) as { apiKey: string }).apiKey };
}

const call = (method: string, path: string, body?: object, by = key): Promise<Answer> =>
  api.call(path, { method, key: by, ...(body && { body }) });

interface Endpoint {
  id: string;
  status: string;
  url: string;
  secret: string;
  reason?: string;
  verification?: { failure: string; detail: string };
}

async function register(changes: object = {}): Promise<Endpoint & { path: string }> {
  const { status, text, json, headers } = await call('POST', '/v1/webhook-endpoints', {
    url: receiver.url,
    ...changes,
  });
  if (status !== 201) throw new Error(`not registered: ${status} ${text}`);
  return { ...(json as unknown as Endpoint), path: headers.get('location') ?? '' };
}

async function deliveriesAt(path: string, query = ''): Promise<Record<string, unknown>[]> {
  return (await call('GET', `${path}/deliveries${query}`)).json['deliveries'] as Record<string, unknown>[];
}

test('from registration to a consent’s first event, sent by the worker', async () => {
  const endpoint = await register({ description: 'the books', eventTypes: ['consent.*'] });
  expect(endpoint).toMatchObject({
    status: 'enabled',
    url: receiver.url,
    secret: expect.stringMatching(/^whsec_/) as string,
  });
  const asked = await call('POST', '/v1/consents', {
    institutionId: 'sandbox-bank',
    person: { reference: 'somebody' },
    purpose: 'See all your accounts',
    durationPeriod: 30,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS'] }],
    metadata: { order: '17' },
  });
  expect(asked.status).toBe(201);
  const [received] = await receiver.has(1);
  if (!received) throw new Error('nothing came');
  expect(verified(endpoint.secret, received)).toMatchObject({
    type: 'consent.requested',
    data: { consentId: asked.json['id'], metadata: { order: '17' } },
  });
  await until(
    'the delivery is noted',
    async () => (await deliveriesAt(endpoint.path, '?status=delivered')).length >= 1,
  );
  const [delivery] = await deliveriesAt(endpoint.path, `?eventId=${received.json.id}&type=consent.requested`);
  expect(delivery).toMatchObject({ webhookId: received.json.id, status: 'delivered', attempts: 1 });
  const { json: log } = await call('GET', `${endpoint.path}/deliveries/${String(delivery?.['id'])}`);
  expect(log['log']).toEqual([
    expect.objectContaining({ number: 1, status: 200, durationMs: expect.any(Number) as number }),
  ]);

  // Again, as it was: one by one, and by time.
  expect((await call('POST', `${endpoint.path}/deliveries/${String(delivery?.['id'])}/retry`)).status).toBe(202);
  await receiver.has(2);
  const since = new Date(Date.now() - 60_000).toISOString();
  const replayed = await call('POST', `${endpoint.path}/replay`, { since });
  expect([replayed.status, replayed.json]).toEqual([202, { queued: expect.any(Number) as number, isComplete: true }]);
  await receiver.has(2 + Number(replayed.json['queued']));
  expect(receiver.effects.size).toBe(Number(replayed.json['queued']));
  await call('DELETE', `/v1/consents/${String(asked.json['id'])}`);
}, 30_000);

test('the secret is shown once', async () => {
  const { path, secret } = await register();
  const { json: rotated } = await call('POST', `${path}/secret-rotation`, { overlapSeconds: 60 });
  expect(rotated).toEqual({
    secret: expect.stringMatching(/^whsec_/) as string,
    previousExpireAt: expect.any(String) as string,
  });
  const shown = await Promise.all(
    ['', path, `${path}/deliveries`].map((each) => call('GET', each === '' ? '/v1/webhook-endpoints' : each)),
  );
  for (const { status, text } of shown) {
    expect(status).toBe(200);
    expect(text).not.toContain('whsec_');
    for (const each of [secret, String(rotated['secret'])]) expect(text).not.toContain(each.slice(6));
  }
  expect((await call('POST', `${path}/test`)).status).toBe(202);
  const [ping] = await receiver.has(1);
  if (!ping) throw new Error('nothing came');
  expect(ping.json.type).toBe('test.ping');
  for (const each of [secret, String(rotated['secret'])]) expect(verified(each, ping)).toEqual(ping.json);
});

test('a secret of its own is taken, and one that is none is not', async () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  expect(await register({ secret })).toMatchObject({ secret, status: 'enabled' });
  for (const wrong of ['whsec_', 'secret', `whsec_${Buffer.alloc(23).toString('base64')}`, `whsec_${'!'.repeat(32)}`]) {
    const { status, json } = await call('POST', '/v1/webhook-endpoints', { url: receiver.url, secret: wrong });
    expect([status, json['code']]).toEqual([400, 'request_invalid']);
  }
});

test('an endpoint that does not answer the challenge waits for it, and says why', async () => {
  receiver.answering = (response) => response.end('hello');
  const { path, ...endpoint } = await register();
  expect(endpoint).toMatchObject({
    status: 'pending',
    reason: 'wrong_challenge',
    verification: { failure: 'wrong_challenge' },
  });
  for (const verb of ['verification', 'resume']) {
    const { status, json } = await call('POST', `${path}/${verb}`);
    expect([status, json['code'], json['detail']]).toEqual([
      422,
      'webhook_challenge_failed',
      expect.stringContaining('wrong_challenge 200') as string,
    ]);
  }
  receiver.answering = good;
  expect((await call('POST', `${path}/verification`)).json).toMatchObject({ status: 'enabled' });
  expect((await call('GET', path)).json).not.toHaveProperty('reason');
});

test('it moves only to an address that answers', async () => {
  const { path } = await register();
  const nobody = createServer();
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  const refused = await call('PATCH', path, { url: `http://localhost:${port}/`, description: 'moved' });
  expect([refused.status, refused.json['code']]).toEqual([422, 'webhook_challenge_failed']);
  expect((await call('GET', path)).json).toMatchObject({ url: receiver.url, status: 'enabled' });
  const moved = await call('PATCH', path, {
    url: `${receiver.url}/v2`,
    description: 'moved',
    eventTypes: ['notice.given'],
  });
  expect(moved.json).toMatchObject({ url: `${receiver.url}/v2`, description: 'moved', eventTypes: ['notice.given'] });
  expect((await call('PATCH', path, { description: null })).json).not.toHaveProperty('description');
  expect((await call('PATCH', path, {})).json['code']).toBe('request_invalid');
});

test('paused and resumed', async () => {
  const { path } = await register();
  expect((await call('POST', `${path}/pause`)).json).toMatchObject({ status: 'paused' });
  await call('POST', `${path}/test`);
  expect((await deliveriesAt(path))[0]).toMatchObject({ status: 'waiting', attempts: 0 });
  expect((await call('POST', `${path}/resume`)).json).toMatchObject({ status: 'enabled' });
  await receiver.has(1);
});

test.each([
  ['http://hooks.example/', 'https'],
  ['ftp://hooks.example/', 'https'],
  ['https://user:password@hooks.example/', 'credentials'],
  ['https://hooks.example/#here', 'fragment'],
  ['https://hooks.example:25/', 'port'],
  ['not a url', 'absolute'],
])('nothing is sent to %s', async (url, why) => {
  const { status, json } = await call('POST', '/v1/webhook-endpoints', { url });
  expect([status, json['code']]).toEqual([422, 'webhook_url_refused']);
  expect(json['detail']).toContain(why);
});

test.each([
  [{}],
  [{ url: 'https://hooks.example/', eventTypes: [] }],
  [{ url: 'https://hooks.example/', eventTypes: ['consent.activ'] }],
  [{ url: 'https://hooks.example/', eventTypes: ['nothing.*'] }],
  [{ url: 'https://hooks.example/', status: 'enabled' }],
])('a registration that cannot be right: %j', async (body) => {
  expect((await call('POST', '/v1/webhook-endpoints', body)).json['code']).toBe('request_invalid');
});

test('somebody else’s endpoint is one that does not exist', async () => {
  const { id, path } = await register();
  await call('POST', `${path}/test`);
  const [delivery] = await deliveriesAt(path);
  const other = await newApplication();
  const deeds: [string, string, object?][] = [
    ['GET', ''],
    ['PATCH', '', { description: 'mine' }],
    ['DELETE', ''],
    ['POST', '/verification'],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/test'],
    ['POST', '/secret-rotation'],
    ['POST', '/replay', { since: new Date(0).toISOString() }],
    ['GET', '/deliveries'],
    ['GET', `/deliveries/${String(delivery?.['id'])}`],
    ['POST', `/deliveries/${String(delivery?.['id'])}/retry`],
  ];
  for (const [method, place, body] of deeds) {
    const answers = [
      await call(method, path + place, body, other.key),
      await call(method, `${path.replace(id, 'whe_0123456789abcdef0123456789abcdef')}${place}`, body, other.key),
    ];
    for (const { status, json } of answers) {
      expect([method + place, status, json['code']]).toEqual([method + place, 404, 'webhook_endpoint_not_found']);
    }
  }
  expect((await call('GET', '/v1/webhook-endpoints', undefined, other.key)).json).toEqual({ endpoints: [] });
  const unknown = await call('GET', `${path}/deliveries/whd_0`);
  expect([unknown.status, unknown.json['code']]).toEqual([404, 'webhook_delivery_not_found']);
  expect((await call('GET', path)).status).toBe(200);
});

test('twenty endpoints and no more, however they come', async () => {
  const all = await Promise.all(
    Array.from({ length: 25 }, () => call('POST', '/v1/webhook-endpoints', { url: receiver.url })),
  );
  expect(all.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(new Set(all.filter(({ status }) => status !== 201).map(({ json }) => json['code']))).toEqual(
    new Set(['webhook_limit_reached']),
  );
});

test('a page of deliveries after another, the newest first', async () => {
  const { path } = await register();
  for (let time = 0; time < 5; time += 1) await call('POST', `${path}/test`);
  const seen: unknown[] = [];
  for (let cursor: string | undefined, page = 0; page === 0 || cursor !== undefined; page += 1) {
    const { json } = await call('GET', `${path}/deliveries?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    seen.push(...(json['deliveries'] as { id: string }[]).map(({ id }) => id));
    cursor = json['nextCursor'] as string | undefined;
    expect(page).toBeLessThan(4);
  }
  expect(seen).toHaveLength(5);
  expect(seen).toEqual(seen.toSorted().reverse());
  expect((await call('GET', `${path}/deliveries?cursor=x`)).json['code']).toBe('request_invalid');
});

test('an operator works across applications', async () => {
  const { id } = await register({ eventTypes: ['consent.*'] });
  const run = async (...args: string[]) =>
    JSON.parse((await fdxConsent(['webhooks', ...args, '--json'], stack.productEnvironment)).stdout) as never;
  const listed: { endpoints: { id: string; applicationId: string }[] } = await run(
    'list',
    '--application',
    applicationId,
  );
  expect(listed.endpoints).toEqual([expect.objectContaining({ id, applicationId, status: 'enabled' })]);
  const paused: { status: string } = await run('pause', id);
  expect(paused.status).toBe('paused');
  await run('test', id);
  const deliveries: { deliveries: { id: string; status: string }[] } = await run('deliveries', id);
  expect(deliveries.deliveries).toEqual([expect.objectContaining({ status: 'waiting' })]);
  const resumed: { status: string } = await run('resume', id);
  expect(resumed.status).toBe('enabled');
  const [ping] = await receiver.has(1);
  if (!ping) throw new Error('nothing came');
  const { secret }: { secret: string } = await run('rotate-secret', id, '--overlap', '0s');
  const replayed: { queued: number } = await run('replay', id, '--since', '2026-01-01', '--until', '2026-01-02');
  expect(replayed.queued).toBe(0);
  await run('test', id);
  const [, second] = await receiver.has(2);
  if (!second) throw new Error('nothing came');
  expect(verified(secret, second)).toEqual(second.json);
  const added: Endpoint = await run(
    'add',
    '--application',
    applicationId,
    '--url',
    receiver.url,
    '--type',
    'notice.given',
  );
  expect(added).toMatchObject({ status: 'enabled', eventTypes: ['notice.given'] });
}, 60_000);
