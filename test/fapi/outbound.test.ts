import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ensureCertificates, type Certificates } from '../../scripts/setup/certificates';
import { addressPolicyOf } from '../../src/fapi/addresses';
import type { AddressPolicy } from '../../src/outbound/public-addresses';
import { tlsIdentityOf } from '../../src/fapi/tls-identity';
import { createTransport, TransportError, type TransportOptions } from '../../src/fapi/transport';

let directory: string;
let certificates: Certificates;
const servers: (Server | HttpServer)[] = [];

beforeAll(async () => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'outbound-'));
  certificates = await ensureCertificates(directory);
});

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

async function listen(server: Server | HttpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A bank's server, with a certificate for localhost from an authority of our own. */
function bank(options: ServerOptions = {}): Promise<number> {
  const { serverCertificateFile, serverKeyFile } = certificates;
  const identity = { cert: readFileSync(serverCertificateFile), key: readFileSync(serverKeyFile) };
  return listen(
    createServer({ ...identity, ...options }, (request, response) => {
      response.setHeader('connection', 'close');
      response.end(JSON.stringify({ host: request.headers.host }));
    }),
  );
}

async function ask(url: string, options: Partial<TransportOptions> = {}): Promise<Response> {
  const transport = createTransport({ tls: tlsIdentityOf({ caFile: certificates.caFile }), ...options });
  try {
    return await transport.fetch(url);
  } finally {
    await transport.close();
  }
}

async function failureOf(work: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TransportError)) throw new Error(`a TransportError was expected, not ${String(error)}`);
  return error;
}

/** As if the world's name servers said that every name is this machine. */
const everythingIsHere: AddressPolicy = {
  check: () => undefined,
  lookup: (_hostname, options, callback) => {
    if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  },
};

describe('TLS to a bank (FAPI 2.0 Security Profile §5.2)', () => {
  test('works from version 1.2 on', async () => {
    const port = await bank({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    expect((await ask(`https://localhost:${port}/`)).status).toBe(200);
  });

  test('is not spoken in version 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const port = await bank(old);
    expect(await failureOf(ask(`https://localhost:${port}/`))).toBeInstanceOf(TransportError);
  });

  test('is refused when the certificate names another host', async () => {
    const port = await bank();
    const failure = await failureOf(ask(`https://bank.example:${port}/`, { addresses: everythingIsHere }));
    expect(failure).toMatchObject({ reason: 'ERR_TLS_CERT_ALTNAME_INVALID', maybeSent: false });
  });

  test('is refused when nobody we trust has issued the certificate', async () => {
    const port = await bank();
    const failure = await failureOf(ask(`https://localhost:${port}/`, { tls: tlsIdentityOf({}) }));
    expect(failure.maybeSent).toBe(false);
  });
});

describe('a host that only metadata name', () => {
  const policy = addressPolicyOf({
    issuer: 'https://bank.example',
    allowPrivateAddresses: false,
    fdx: { baseUrl: 'https://bank.example/fdx', consents: {} },
  });

  test.each(['localhost', '127.0.0.1'])('is not reached when it is %s: no connection is opened', async (host) => {
    const port = await bank();
    let connections = 0;
    servers[0]?.on('connection', () => (connections += 1));
    const failure = await failureOf(ask(`https://${host}:${port}/`, { addresses: policy }));
    expect(failure).toMatchObject({ reason: 'ADDRESS_NOT_PUBLIC', maybeSent: false });
    expect(connections).toBe(0);
  });
});

describe('with a proxy', () => {
  /** An HTTP proxy that speaks CONNECT and nothing else. */
  async function proxy(): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createHttpServer((_request, response) => {
      response.writeHead(405).end();
    });
    server.on('connect', (request, socket, head) => {
      asked.push(request.url ?? '');
      const { hostname, port } = new URL(`https://${request.url ?? ''}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket);
        socket.pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    return { url: `http://127.0.0.1:${await listen(server)}`, asked };
  }

  test('every request goes through it, and TLS ends at the bank', async () => {
    const port = await bank();
    const { url, asked } = await proxy();
    const response = await ask(`https://localhost:${port}/`, { proxyUrl: url });
    expect(await response.json()).toEqual({ host: `localhost:${port}` });
    expect(asked).toEqual([`localhost:${port}`]);
  });

  test('the bank’s certificate is checked all the same', async () => {
    const port = await bank();
    const { url } = await proxy();
    const failure = await failureOf(ask(`https://localhost:${port}/`, { proxyUrl: url, tls: tlsIdentityOf({}) }));
    expect(failure).toBeInstanceOf(TransportError);
  });

  test('that refuses, nothing was sent', async () => {
    const server = createHttpServer();
    server.on('connect', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const proxyUrl = `http://127.0.0.1:${await listen(server)}`;
    const failure = await failureOf(ask('https://localhost:9943/', { proxyUrl }));
    expect(failure).toMatchObject({ reason: 'PROXY_REFUSED', maybeSent: false });
  });

  test('that is not there, nothing was sent', async () => {
    const { url } = await proxy();
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect((await failureOf(ask('https://localhost:9943/', { proxyUrl: url }))).maybeSent).toBe(false);
  });
});
