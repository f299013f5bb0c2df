import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import type { BoundTokens } from '../../src/fapi/token-set';
import { until } from '../integration/support/until';
import { ClientAtBank, type Limits } from './support/client-at-bank';
import { failureOf } from './support/failure';
import { StreamingServer } from './support/streaming-server';

const MEGABYTE = 1024 * 1024;
const DOCUMENT = '/accounts/acc-1001/transactions';

let at: ClientAtBank;
let tokens: BoundTokens;
const servers: StreamingServer[] = [];
const others: ClientAtBank[] = [];

beforeAll(async () => {
  at = await ClientAtBank.start();
  tokens = await at.tokens();
});

afterEach(async () => {
  await at.bank.control('DELETE', '/faults');
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await Promise.all(others.splice(0).map((other) => other.client.close()));
});

afterAll(() => at.stop());

/** The same client, which remembers nothing and has other limits. */
function withLimits(limits: Limits): ClientAtBank {
  const other = at.again({}, limits);
  others.push(other);
  return other;
}

const address = (target: string): URL => new URL(`${at.profile.fdx.baseUrl}${target}`);
const open = (target: string | URL = DOCUMENT, { client } = at, signal?: AbortSignal): Promise<Response> =>
  client.openWithToken(tokens, target instanceof URL ? target : address(target), {
    method: 'GET',
    headers: { accept: '*/*' },
    ...(signal && { signal }),
  });

type Answer = (server: StreamingServer, response: ServerResponse, request: IncomingMessage) => void;

async function serve(answer: Answer): Promise<StreamingServer> {
  const server = await StreamingServer.start(at.bank.certificates, (response, request) => {
    answer(server, response, request);
  });
  servers.push(server);
  return server;
}

/** A body of so many bytes. Its length is not said beforehand. */
const streaming = (bytes: number) =>
  serve((server, response) => {
    pipeline(Readable.from(server.bytes(bytes)), response).catch(() => undefined);
  });

function bodyOf({ body }: Response): ReadableStream<Uint8Array> {
  if (!body) throw new Error('no body');
  return body;
}

async function lengthOf(response: Response): Promise<number> {
  let bytes = 0;
  for await (const chunk of bodyOf(response) as unknown as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
  return bytes;
}

describe('a document', () => {
  test('is what the bank sent, with its status and headers, and is read as it comes', async () => {
    const whole = await at.client.fetchWithToken(tokens, address(DOCUMENT), { method: 'GET', headers: {} });
    const response = await open();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const text = await response.text();
    expect(text).toBe(await whole.text());
    expect(response.headers.get('content-length')).toBe(String(text.length));
  });

  test('costs one request more where the server wants a nonce first (RFC 9449 §9)', async () => {
    const fresh = withLimits({});
    const requests = await at.requestsDuring('accounts', async () => {
      expect((await open(DOCUMENT, fresh)).status).toBe(200);
      await (await open(DOCUMENT, fresh)).body?.cancel();
    });
    expect(requests).toBe(3);
  });

  test('that is refused says why: the refusal is whole', async () => {
    const response = await open('/accounts/acc-1001/statements/any');
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: '602' });
  });

  test('that redirects is not followed: the token goes to one address only', async () => {
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'redirect_loop' } });
    expect((await open()).status).toBe(302);
  });

  test('is asked for as it is, and what comes packed all the same is unpacked and says no wrong length', async () => {
    const asked: unknown[] = [];
    const server = await serve((_server, response, { headers }) => {
      asked.push(headers['accept-encoding']);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a document'));
    });
    const response = await open(server.url);
    expect(asked).toEqual(['identity']);
    expect([...response.headers.keys()]).not.toContain('content-encoding');
    expect([...response.headers.keys()]).not.toContain('content-length');
    expect(await response.text()).toBe('a document');
  });
});

describe('a bank that is slow with a document', () => {
  const IMPATIENT = { answerTimeoutMs: 500 };

  test('and says nothing at all is given up after the time of an answer', async () => {
    await at.bank.plant({ endpoint: 'accounts', fault: { kind: 'timeout' } });
    expect(await failureOf(open(DOCUMENT, withLimits(IMPATIENT)))).toMatchObject({ code: 'fdx_unreachable' });
  });

  test('but goes on may take longer than that for the whole', async () => {
    const length = Number((await open()).headers.get('content-length'));
    const bytesPerSecond = Math.ceil(length / 2);
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'drip', bytesPerSecond } });
    const startedAt = Date.now();
    expect(await lengthOf(await open(DOCUMENT, withLimits(IMPATIENT)))).toBe(length);
    expect(Date.now() - startedAt).toBeGreaterThan(1_000);
  });

  test('and falls silent in the middle is given up: what came is not taken for the whole', async () => {
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'fall_silent' } });
    const response = await open(DOCUMENT, withLimits(IMPATIENT));
    expect(response.status).toBe(200);
    expect(await failureOf(response.text())).toMatchObject({ code: 'fdx_unreachable' });
  });

  test('and drips on for ever is given up in the end', async () => {
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'drip', bytesPerSecond: 100 } });
    const client = withLimits({ documentBounds: { maxBytes: MEGABYTE, withinMs: 600 } });
    const failure = await failureOf((await open(DOCUMENT, client)).text());
    expect(failure).toMatchObject({ code: 'fdx_unreachable', detail: 'the document took too long.' });
  });
});

describe('a document that breaks off', () => {
  test.each([0, undefined])('after %p bytes never looks whole', async (afterBytes) => {
    const fault = { kind: 'break_off' as const, ...(afterBytes !== undefined && { afterBytes }) };
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault });
    const work = open().then((response) => response.arrayBuffer());
    expect(await failureOf(work)).toMatchObject({ code: 'fdx_unreachable' });
  });

  test('without having said its length does not either', async () => {
    const server = await serve((_server, response) => {
      response.write('half of it', () => response.destroy());
    });
    expect(await failureOf((await open(server.url)).text())).toMatchObject({ code: 'fdx_unreachable' });
  });

  test('before its headers is asked for once more, and then an answer that did not come', async () => {
    await at.bank.plant({ endpoint: 'accounts', times: 1, fault: { kind: 'answer_lost' } });
    expect((await open()).status).toBe(200);
    await at.bank.plant({ endpoint: 'accounts', times: 2, fault: { kind: 'answer_lost' } });
    expect(await failureOf(open())).toMatchObject({ code: 'fdx_unreachable' });
  });
});

describe('a document that is too large', () => {
  const SMALL = { documentBounds: { maxBytes: MEGABYTE, withinMs: 60_000 } };

  test('is not begun where the bank says so beforehand', async () => {
    const server = await serve((streamed, response) => {
      response.setHeader('content-length', 2 * MEGABYTE);
      pipeline(Readable.from(streamed.bytes(2 * MEGABYTE)), response).catch(() => undefined);
    });
    const failure = await failureOf(open(server.url, withLimits(SMALL)));
    expect(failure.code).toBe('fdx_response_invalid');
  });

  test('is broken off where it shows, and the bank’s side with it', async () => {
    const server = await streaming(100 * MEGABYTE);
    const response = await open(server.url, withLimits(SMALL));
    expect(await failureOf(lengthOf(response))).toMatchObject({ code: 'fdx_response_invalid' });
    await until('the end of the bank’s side', () => Promise.resolve(server.brokenOff === 1));
    expect(server.sent).toBeLessThan(20 * MEGABYTE);
  });

  test('packed is one by what it becomes', async () => {
    const server = await serve((_server, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2 * MEGABYTE)));
    });
    const response = await open(server.url, withLimits(SMALL));
    expect(await failureOf(lengthOf(response))).toMatchObject({ code: 'fdx_response_invalid' });
  });
});

describe('a reader', () => {
  test('that goes away ends the bank’s side', async () => {
    const server = await streaming(100 * MEGABYTE);
    const reader = bodyOf(await open(server.url)).getReader();
    await reader.read();
    await reader.cancel();
    await until('the end of the bank’s side', () => Promise.resolve(server.brokenOff === 1));
  });

  test('that goes away while the bank is silent ends its side at once', async () => {
    const server = await serve((_server, response) => {
      response.write('a beginning');
    });
    const reader = bodyOf(await open(server.url)).getReader();
    await reader.read();
    const next = reader.read();
    await reader.cancel();
    expect((await next).done).toBe(true);
    await until('the end of the bank’s side', () => Promise.resolve(server.brokenOff === 1), 5_000);
  });

  test('that goes away before there is an answer is not waited for', async () => {
    const server = await serve(() => undefined);
    const gone = new AbortController();
    const failure = failureOf(open(server.url, at, gone.signal));
    setTimeout(() => {
      gone.abort();
    }, 100);
    expect(await failure).toMatchObject({ code: 'fdx_unreachable' });
    await until('the end of the bank’s side', () => Promise.resolve(server.brokenOff === 1), 5_000);
  });

  test('that is slow leaves the rest at the bank: a hundred megabytes go through little memory', async () => {
    const total = 100 * MEGABYTE;
    const server = await streaming(total);
    const reader = bodyOf(await open(server.url)).getReader();
    await reader.read();
    const waiting = await standstill(() => server.sent);
    expect(waiting).toBeLessThan(16 * MEGABYTE);
    expect(await drain(reader)).toBeGreaterThan(total - MEGABYTE);
    expect(server.sent).toBe(total);
  });
});

/** What a number is once it does not grow any more. */
async function standstill(look: () => number): Promise<number> {
  let last = -1;
  return until('a standstill', () => {
    const now = look();
    const isStill = now === last;
    last = now;
    return Promise.resolve(isStill && now > 0 && now);
  });
}

/** Reads to the end and keeps nothing. */
async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number> {
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes;
    bytes += value.byteLength;
  }
}
