import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { tlsIdentityOf } from '../../src/fapi/tls-identity';
import { createTransport, TransportError } from '../../src/fapi/transport';

const servers: (Server | TcpServer)[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (listener: RequestListener) =>
  listen(
    createServer((request, response) => {
      // No connection stays open behind a test.
      response.setHeader('connection', 'close');
      listener(request, response);
    }),
  );

const speaking = (conversation: (socket: Socket) => void) => listen(createTcpServer(conversation));

async function failureOfFetch(url: string): Promise<TransportError> {
  const error: unknown = await createTransport({ tls: tlsIdentityOf({}) })
    .fetch(url, { method: 'POST', body: 'code=canary-code' })
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof TransportError)) throw new Error('a TransportError was expected');
  expect(error.message).not.toContain('canary');
  expect(error).not.toHaveProperty('cause');
  return error;
}

describe('a request without an answer', () => {
  it('was certainly not sent when nobody listens', async () => {
    const url = await answering(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await failureOfFetch(url)).toMatchObject({ reason: 'ECONNREFUSED', maybeSent: false });
  });

  it('was certainly not sent when the name does not resolve', async () => {
    expect(await failureOfFetch('http://bank.invalid/')).toMatchObject({ maybeSent: false });
  });

  it('may have been sent when the connection is cut after the request', async () => {
    const url = await speaking((socket) => socket.once('data', () => socket.destroy()));
    expect(await failureOfFetch(url)).toMatchObject({ maybeSent: true });
  });

  it('may have been sent when the connection is reset after the request', async () => {
    const url = await speaking((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await failureOfFetch(url)).toMatchObject({ reason: 'ECONNRESET', maybeSent: true });
  });

  it('may have been sent when the answer breaks off in its middle', async () => {
    const url = await speaking((socket) =>
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"access_token":');
      }),
    );
    expect(await failureOfFetch(url)).toMatchObject({ maybeSent: true });
  });

  it('may have been sent when the answer is no HTTP', async () => {
    const url = await speaking((socket) =>
      socket.once('data', () => {
        socket.end('SSH-2.0-OpenSSH_9.6\r\n');
      }),
    );
    expect(await failureOfFetch(url)).toMatchObject({ maybeSent: true });
  });

  it('may have been sent when the answer is larger than any answer may be', async () => {
    const url = await answering((_request, response) => response.end(Buffer.alloc(5 * 1024 * 1024)));
    expect(await failureOfFetch(url)).toMatchObject({ maybeSent: true });
  });

  it('may have been sent when the answer becomes that large by being unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(5 * 1024 * 1024));
    expect(packed.length).toBeLessThan(10_000);
    const url = await answering((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    );
    expect(await failureOfFetch(url)).toMatchObject({ reason: 'ANSWER_TOO_LARGE', maybeSent: true });
  });
});

describe('an answer', () => {
  it('is whole when it is handed over', async () => {
    const url = await answering((_request, response) => response.writeHead(201, { 'x-own': '1' }).end('{"a":1}'));
    const response = await createTransport({ tls: tlsIdentityOf({}) }).fetch(url);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('1');
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('that redirects is handed over and not followed: codes and tokens go to one address only', async () => {
    let requests = 0;
    const url = await answering((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await createTransport({ tls: tlsIdentityOf({}) }).fetch(url, { method: 'POST', body: 'x' })).status).toBe(
      307,
    );
    expect(requests).toBe(1);
  });

  it.each([204, 304])('without a body (%i) is an answer', async (status) => {
    const url = await answering((_request, response) => response.writeHead(status).end());
    expect((await createTransport({ tls: tlsIdentityOf({}) }).fetch(url)).status).toBe(status);
  });

  it('leaves its DPoP nonce for the next request to that server, and to no other (RFC 9449 §8)', async () => {
    const first = await answering((_request, response) => response.setHeader('dpop-nonce', 'n-1').end());
    const second = await answering((_request, response) => response.end());
    const transport = createTransport({ tls: tlsIdentityOf({}) });
    await transport.fetch(`${first}/token`);
    await transport.fetch(`${second}/token`);
    expect([...transport.nonces]).toEqual([[first, 'n-1']]);
  });
});
