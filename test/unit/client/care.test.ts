import { inspect } from 'node:util';
import { createFdxConsentClient, type StreamedEvent } from '../../../packages/client/src';
import { json, UnreliableServer, type Reply } from '../support/unreliable-server';

/* What an application should not have to know, and would meet at night. */
let server: UnreliableServer;
beforeAll(async () => {
  server = await UnreliableServer.start();
});
afterAll(() => server.stop());

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
const SECRET = 'fdxc_app_that_nobody_may_read';

describe('a key', () => {
  test('is used without the line break that its file has at the end', async () => {
    server.will(json({ id: 'cns_1' }));
    await createFdxConsentClient({ baseUrl: server.url, apiKey: `${SECRET}\n` }).consents.get('cns_1');
    expect(server.heard[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  test('that no header can have is refused in words that have nothing of it', async () => {
    const make = (): unknown => createFdxConsentClient({ baseUrl: server.url, apiKey: `${SECRET}\nX-Other: 1` });
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(SECRET);
    const client = createFdxConsentClient({ baseUrl: server.url, token: () => `${SECRET}\nX-Other: 1` });
    const error = await failure(client.consents.get('x'));
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error, { depth: 5, showHidden: true })).not.toContain(SECRET);
  });

  test('is not given with the address', () => {
    const baseUrl = `https://someone:${SECRET}@consent.example`;
    expect(() => createFdxConsentClient({ baseUrl, apiKey: 'x' })).toThrow(/password/);
    expect(() => createFdxConsentClient({ baseUrl, apiKey: 'x' })).not.toThrow(SECRET);
  });
});

describe('a giver of tokens', () => {
  const never = (): Promise<string> => new Promise(() => undefined);

  test('that does not answer is waited for no longer than a try may take, and not after an abort', async () => {
    const client = createFdxConsentClient({ baseUrl: server.url, token: never });
    expect(await failure(client.consents.get('x', { timeoutMs: 30, retries: 0 }))).toMatchObject({ reason: 'timeout' });
    const caller = new AbortController();
    const call = failure(client.consents.get('x', { signal: caller.signal }));
    setTimeout(() => {
      caller.abort(new Error('gone home'));
    }, 30);
    expect(await call).toMatchObject({ message: 'gone home' });
  });

  test('that fails is heard as it is, and asked once', async () => {
    let asked = 0;
    const token = (): string => {
      asked += 1;
      throw new RangeError('no issuer');
    };
    const error = await failure(createFdxConsentClient({ baseUrl: server.url, token }).consents.get('x'));
    expect([error, asked]).toEqual([new RangeError('no issuer'), 1]);
  });
});

test('no limit of time is no limit, and not none left', async () => {
  server.will((response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"cns_1"}'), 50);
  });
  const client = createFdxConsentClient({ baseUrl: server.url, apiKey: SECRET, timeoutMs: Infinity, retries: 0 });
  expect(await client.consents.get('cns_1', { totalTimeoutMs: Infinity })).toEqual({ id: 'cns_1' });
});

describe('a stream', () => {
  const line =
    (text: string, type = 'text/event-stream'): Reply =>
    (response) => {
      response.writeHead(200, { 'content-type': type }).end(text);
    };
  async function first(): Promise<StreamedEvent | undefined> {
    const client = createFdxConsentClient({ baseUrl: server.url, apiKey: SECRET });
    for await (const streamed of client.events.stream()) return streamed;
    return undefined;
  }

  test('goes on where it broke, also when the service says to come back at once', async () => {
    server.will(line('retry: 0\nid: 5\n\n'), line('id: 6\ndata: {"id":"evt_6"}\n\n'));
    expect(await first()).toEqual({ event: { id: 'evt_6' }, cursor: '6' });
    expect(server.heard.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '5']);
  });

  test.each<[string, Reply, object]>([
    ['a page', line('<h1>Welcome</h1>', 'text/html'), { status: 200 }],
    ['somebody else’s 404', (response) => response.writeHead(404).end('no'), { status: 404 }],
  ])('from an address where %s is ends, and is not asked for for ever', async (_what, reply, more) => {
    server.will(reply);
    expect(await failure(first())).toMatchObject({ reason: 'unexpected_answer', ...more });
    expect(server.heard).toHaveLength(1);
  });
});
