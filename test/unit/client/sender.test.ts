import {
  answerOf,
  createFdxConsentClient,
  FdxConsentConnectionError,
  FdxConsentError,
  type FdxConsentClient,
  type FdxConsentClientOptions,
} from '../../../packages/client/src';
import { cutOff, json, lost, problem, silent, UnreliableServer, type Reply } from '../support/unreliable-server';

let server: UnreliableServer;
let client: FdxConsentClient;
const KEY = 'fdxk_a_key_that_nobody_may_read';
const CONSENT = { id: 'cns_1', status: 'active' };
const REQUEST = {
  institutionId: 'bank',
  person: { reference: 'p' },
  purpose: 'x',
  resources: [{ resourceType: 'ACCOUNT' as const, dataClusters: ['TRANSACTIONS' as const] }],
};

const created = (more: Partial<FdxConsentClientOptions> = {}): FdxConsentClient =>
  createFdxConsentClient({ baseUrl: server.url, apiKey: KEY, ...more } as FdxConsentClientOptions);

beforeAll(async () => {
  server = await UnreliableServer.start();
  client = created();
});
afterAll(() => server.stop());

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
const html: Reply = (response) => {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
};

describe('a call', () => {
  test.each<[string, Reply]>([
    ['its answer is lost', lost],
    ['its answer breaks off', cutOff],
    ['the service says 503', problem('store_unavailable', 503, { 'retry-after': '0' })],
    ['a gateway says 502', html],
    ['it asks too often', problem('rate_limited', 429, { 'retry-after': '0' })],
  ])('is tried again when %s', async (_when, reply) => {
    server.will(reply, json(CONSENT));
    expect(await client.consents.get('cns_1')).toEqual(CONSENT);
    expect(server.heard).toHaveLength(2);
    expect(server.heard[1]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  test('of POST has one Idempotency-Key for all its tries, and the next call another', async () => {
    server.will(lost, problem('idempotency_in_progress', 409, { 'retry-after': '0' }), json(CONSENT, 201));
    await client.consents.create(REQUEST);
    await client.consents.create(REQUEST);
    const keys = server.heard.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0], keys[0], expect.not.stringMatching(String(keys[0])) as string]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(server.heard.map(({ body }) => body))).toEqual(new Set([JSON.stringify(REQUEST)]));
  });

  test('of POST takes the key of its caller', async () => {
    server.will(json(CONSENT, 201));
    await client.consents.create(REQUEST, { idempotencyKey: 'order-1' });
    expect(server.heard[0]?.headers['idempotency-key']).toBe('order-1');
  });

  test('for a search has none: it changes nothing, and nobody need keep what is found', async () => {
    server.will(lost, json({ consents: [] }));
    await client.raw.POST('/v1/consents/search', { body: {} });
    expect(server.heard.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined, undefined]);
  });

  test('is not tried again when another try would be answered the same', async () => {
    server.will(problem('consent_not_found', 404));
    expect(await failure(client.consents.get('cns_1'))).toMatchObject({ code: 'consent_not_found', status: 404 });
    expect(server.heard).toHaveLength(1);
  });

  test('of PATCH is not tried again when nobody knows what became of it', async () => {
    server.will(lost);
    const params = { path: { endpointId: 'whe_1' } };
    const call = client.raw.PATCH('/v1/webhook-endpoints/{endpointId}', { params, body: {} });
    expect(await failure(call)).toBeInstanceOf(FdxConsentConnectionError);
    expect(server.heard).toHaveLength(1);
  });

  test('waits as long as Retry-After says, and not when that is longer than it may take', async () => {
    server.will(problem('fdx_rate_limited', 503, { 'retry-after': '1' }), json(CONSENT));
    const begun = Date.now();
    await client.consents.get('cns_1');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1_000);
    server.will(problem('institution_paused', 503, { 'retry-after': '300' }));
    expect(await failure(client.consents.get('cns_1'))).toMatchObject({ retryAfterSeconds: 300 });
    expect(server.heard).toHaveLength(1);
  });

  test('ends after as many tries as it has', async () => {
    server.will(lost);
    const error = await failure(client.consents.get('cns_1', { retries: 2 }));
    expect(error).toBeInstanceOf(FdxConsentConnectionError);
    expect(error).toMatchObject({ reason: 'network' });
    expect(server.heard).toHaveLength(3);
  });

  test('ends after its time, with whatever is under way', async () => {
    server.will(silent);
    const begun = Date.now();
    const error = await failure(client.consents.get('cns_1', { timeoutMs: 100, totalTimeoutMs: 400, retries: 50 }));
    expect(error).toMatchObject({ name: 'FdxConsentConnectionError', reason: 'timeout' });
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect(server.heard.length).toBeGreaterThan(0);
  });

  test('ends at once, with the reason, when its caller aborts it, also between two tries', async () => {
    for (const reply of [silent, problem('store_unavailable', 503, { 'retry-after': '30' })]) {
      server.will(reply);
      const caller = new AbortController();
      const call = failure(client.consents.get('cns_1', { signal: caller.signal }));
      setTimeout(() => {
        caller.abort(new Error('gone home'));
      }, 100);
      expect(await call).toMatchObject({ message: 'gone home' });
      expect(server.heard).toHaveLength(1);
    }
  });

  test('with a token that is refused asks for a new one, once', async () => {
    const refused: boolean[] = [];
    const token = (wasRefused: boolean): string => {
      refused.push(wasRefused);
      return wasRefused ? 'new' : 'old';
    };
    const own = createFdxConsentClient({ baseUrl: server.url, token });
    server.will(problem('token_invalid', 401), json(CONSENT));
    await own.consents.get('cns_1');
    expect(server.heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
    server.will(problem('token_invalid', 401));
    expect(await failure(own.consents.get('cns_1'))).toMatchObject({ code: 'token_invalid' });
    expect(refused).toEqual([false, true, false, true]);
  });

  test('takes its key nowhere else: a redirect is not followed', async () => {
    server.will((response) => {
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await failure(client.consents.get('cns_1'))).toMatchObject({ reason: 'unexpected_answer', status: 307 });
    expect(server.heard).toHaveLength(1);
  });

  test.each(['', '.', '..'])('for an id %j is not made: it would be one for something else', async (id) => {
    server.will(json({ consents: [] }));
    expect(await failure(client.consents.get(id))).toBeInstanceOf(TypeError);
    expect(server.heard).toEqual([]);
  });
});

describe('an error', () => {
  test('has all that the service says', async () => {
    server.will(
      json(
        {
          type: 'urn:fdx-consent:failure:request_invalid',
          title: 'The request does not match the schema.',
          status: 400,
          code: 'request_invalid',
          fix: 'Mend it.',
          errors: [{ path: 'purpose', message: 'is missing' }],
          requestId: 'req-7',
        },
        400,
      ),
    );
    const error = await failure(client.consents.create(REQUEST));
    expect(error).toBeInstanceOf(FdxConsentError);
    expect(error).toMatchObject({
      code: 'request_invalid',
      status: 400,
      fix: 'Mend it.',
      errors: [{ path: 'purpose', message: 'is missing' }],
      requestId: 'req-7',
      retryAfterSeconds: undefined,
      message: expect.stringContaining('purpose: is missing') as string,
    });
  });

  test('never has the key', async () => {
    server.will(lost);
    const errors = [await failure(client.consents.get('x', { retries: 0 }))];
    server.will(problem('unauthenticated', 401));
    errors.push(await failure(client.consents.get('x')));
    const { inspect } = await import('node:util');
    expect(inspect(errors, { depth: 10, showHidden: true })).not.toContain(KEY);
  });

  test('of somebody else’s answer says so', async () => {
    server.will((response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>');
    });
    expect(await failure(client.consents.get('x'))).toMatchObject({ reason: 'unexpected_answer' });
    server.will(json({ error: 'nope' }, 403));
    expect(await failure(client.consents.get('x'))).toMatchObject({ reason: 'unexpected_answer', status: 403 });
  });

  test('of the raw client comes by answerOf', async () => {
    server.will(problem('receipt_not_found', 404));
    const params = { path: { receiptId: 'rcp_1' } };
    expect(await failure(answerOf(client.raw.GET('/v1/receipts/{receiptId}', { params })))).toMatchObject({
      code: 'receipt_not_found',
    });
  });
});

test.each([
  [{ apiKey: undefined }],
  [{ apiKey: '' }],
  [{ baseUrl: 'file:///etc' }],
  [{ baseUrl: 'https://consent.example/?a=b' }],
])('no client is made of %j', (more) => {
  expect(() => created(more as Partial<FdxConsentClientOptions>)).toThrow(TypeError);
});

describe('a list', () => {
  test('is read page by page, as far as it is needed', async () => {
    server.will(
      json({ consents: [{ id: 'a' }, { id: 'b' }], nextCursor: 'b' }),
      json({ consents: [], nextCursor: 'c' }),
      json({ consents: [{ id: 'd' }] }),
    );
    const ids: string[] = [];
    for await (const { id } of client.consents.list({ status: 'active' })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'd']);
    expect(server.heard.map(({ url }) => url)).toEqual([
      '/v1/consents?status=active',
      '/v1/consents?status=active&cursor=b',
      '/v1/consents?status=active&cursor=c',
    ]);
    server.will(json({ consents: [{ id: 'a' }, { id: 'b' }], nextCursor: 'b' }));
    for await (const { id } of client.consents.list()) if (id === 'b') break;
    expect(server.heard).toHaveLength(1);
  });

  test('that leads to itself ends', async () => {
    server.will(json({ consents: [{ id: 'a' }], nextCursor: 'a' }));
    const ids: string[] = [];
    for await (const { id } of client.consents.list()) ids.push(id);
    expect(ids).toEqual(['a', 'a']);
  });
});

describe('waiting', () => {
  test('ends when the person has decided, and when there is nothing to wait for any more', async () => {
    server.will(json({ status: 'requested' }), json({ status: 'authorizing' }), json({ status: 'denied' }));
    expect(await client.consents.waitUntil('x', undefined, { everyMs: 5 })).toEqual({ status: 'denied' });
    server.will(json({ status: 'expired' }));
    expect(await client.consents.waitUntil('x', ({ status }) => status === 'active')).toEqual({ status: 'expired' });
  });

  test('ends in time, with how it stands', async () => {
    server.will(json({ id: 'x', status: 'requested' }));
    expect(await failure(client.consents.waitUntil('x', undefined, { everyMs: 5, timeoutMs: 30 }))).toMatchObject({
      name: 'WaitTimeoutError',
      consent: { status: 'requested' },
    });
  });
});
