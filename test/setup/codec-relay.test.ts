import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startCodecRelay, type CodecRelay } from '../../scripts/dev/codec-relay';
import { SupervisedChild } from '../../scripts/setup/child-process';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { repositoryRoot } from '../../scripts/setup/repository';
import { pageBlock } from '../integration/support/page-block';
import { pathWithNode } from '../integration/support/page-shell';

const UI = 'http://localhost:8233';

const relayOnPage = pageBlock('docs/compose.md', 'relay');

interface Heard {
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}

let api: http.Server;
let heard: Heard[];
let relay: CodecRelay;
let operatorKey: string | undefined;

beforeEach(async () => {
  heard = [];
  operatorKey = 'operator-key';
  api = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      heard.push({ url: request.url, authorization: request.headers.authorization, body });
      response.setHeader('Content-Type', 'application/json').end('{"payloads":["decoded"]}');
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  relay = await startCodecRelay({
    port: await chooseRandomPort(),
    uiOrigin: UI,
    apiUrl: apiUrl(),
    operatorKey: () => operatorKey,
  });
});

afterEach(async () => {
  await relay.stop();
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
});

function apiUrl(): string {
  return `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
}

interface Answer {
  status: number | undefined;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Not fetch, which does not let anybody choose Host and Origin. */
function ask(
  method: string,
  target: string,
  headers: Record<string, string>,
  body = '{"payloads":[]}',
  { url } = relay,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(target, url), { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    request.on('error', reject).end(body);
  });
}

test('the Temporal UI gets payloads decoded with the operator’s key, which it never sees', async () => {
  const answer = await ask('POST', '/decode', { Origin: UI }, '{"payloads":["sealed"]}');
  expect(answer).toMatchObject({ status: 200, body: '{"payloads":["decoded"]}' });
  expect(answer.headers['access-control-allow-origin']).toBe(UI);
  expect(JSON.stringify(answer)).not.toContain('operator-key');
  expect(heard).toEqual([
    { url: '/codec/decode', authorization: 'Bearer operator-key', body: '{"payloads":["sealed"]}' },
  ]);
});

test('typed as docs/compose.md has it, it stays up and serves the UI of that page', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-relay-'));
  const port = await chooseRandomPort();
  const url = `http://localhost:${port}`;
  const decode = () => ask('POST', '/decode', { Origin: 'http://localhost:8080' }, undefined, { ...relay, url });
  const own = { '8234': String(port), 'http://localhost:3000': apiUrl(), '…': 'operator-key' };
  const child = await SupervisedChild.start({
    name: 'relay',
    command: 'bash',
    args: ['-c', relayOnPage.text(own)],
    cwd: repositoryRoot,
    env: { PATH: pathWithNode() },
    logFile: path.join(directory, 'relay.log'),
    runDirectory: directory,
    ready: async () => (await decode()).status === 200,
  });
  try {
    expect((await decode()).body).toBe('{"payloads":["decoded"]}');
    expect(heard.every(({ authorization }) => authorization === 'Bearer operator-key')).toBe(true);
  } finally {
    await child.stop();
    await rm(directory, { recursive: true });
  }
});

test('the UI’s preflight is answered for its own origin only', async () => {
  const preflight = {
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type,x-namespace',
  };
  const answer = await ask('OPTIONS', '/decode', { Origin: UI, ...preflight });
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': UI,
    'access-control-allow-headers': 'content-type,x-namespace',
  });
  expect((await ask('OPTIONS', '/decode', { Origin: 'https://evil.example', ...preflight })).status).toBe(403);
});

test.each(['https://evil.example', 'http://127.0.0.1:8233', 'http://localhost:8234', 'null', `${UI}.evil.example`])(
  'a page of origin %s is refused',
  async (origin) => {
    const answer = await ask('POST', '/decode', { Origin: origin });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(heard).toEqual([]);
  },
);

test('a caller without an origin is refused', async () => {
  expect((await ask('POST', '/decode', {})).status).toBe(403);
  expect(heard).toEqual([]);
});

test('another host name is refused, so that DNS rebinding leads nowhere', async () => {
  expect((await ask('POST', '/decode', { Origin: UI, Host: 'evil.example' })).status).toBe(403);
  expect(heard).toEqual([]);
});

test.each([
  ['POST', '/encode'],
  ['POST', '/v1/consents'],
  ['POST', '/decode/../v1/consents'],
  ['GET', '/decode'],
])('%s %s is not relayed', async (method, path) => {
  expect((await ask(method, path, { Origin: UI })).status).toBe(404);
  expect(heard).toEqual([]);
});

test('a body beyond the bound is refused', async () => {
  const answer = await ask('POST', '/decode', { Origin: UI }, 'x'.repeat(8 * 1024 * 1024 + 1)).catch(
    (error: unknown) => error,
  );
  expect(answer).toMatchObject({ status: 413 });
  expect(heard).toEqual([]);
});

test('before there is an operator key it says so', async () => {
  operatorKey = undefined;
  expect((await ask('POST', '/decode', { Origin: UI })).status).toBe(503);
});

test('an API that is away is a 502, not a crash', async () => {
  api.closeAllConnections();
  await new Promise((resolve) => api.close(resolve));
  expect((await ask('POST', '/decode', { Origin: UI })).status).toBe(502);
  api.listen(0);
});
