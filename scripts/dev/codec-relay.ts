import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CodecRelayOptions {
  port: number;
  /** The only origin that gets an answer: the Temporal UI of this stack. */
  uiOrigin: string;
  apiUrl: string;
  /** Asked for at each request: the key exists only after the relay's address is already known to Temporal. */
  operatorKey: () => string | undefined;
}

export interface CodecRelay {
  url: string;
  stop(): Promise<void>;
}

/** Payloads of one history page; a decode of more than this is not a UI at work. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/**
 * The Temporal UI cannot hold an operator's key, and the product's codec endpoint never answers without one. In
 * development this relay is the operator's session: it lends the key to pages of this UI on this machine, for decoding
 * only. Checking the Host as well keeps a DNS-rebinding page out, whose Origin would otherwise be the attacker's choice.
 */
export async function startCodecRelay(options: CodecRelayOptions): Promise<CodecRelay> {
  const server = createServer((request, response) => {
    answer(options, server, request, response).catch(() => {
      refuse(response, 502, 'the API is not reachable');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  return { url: `http://localhost:${portOf(server)}`, stop: () => close(server) };
}

async function answer(
  options: CodecRelayOptions,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host, origin } = request.headers;
  const port = portOf(server);
  if (host !== `localhost:${port}` && host !== `127.0.0.1:${port}`) {
    refuse(response, 403, 'unknown host');
    return;
  }
  if (origin !== options.uiOrigin) {
    refuse(response, 403, 'only the Temporal UI of this stack may ask');
    return;
  }
  response.setHeader('Access-Control-Allow-Origin', options.uiOrigin);
  response.setHeader('Vary', 'Origin');
  if (request.method === 'OPTIONS') {
    // The UI adds headers of its own (X-Namespace and more by version); none of them is passed on.
    response.setHeader('Access-Control-Allow-Methods', 'POST');
    response.setHeader(
      'Access-Control-Allow-Headers',
      request.headers['access-control-request-headers'] ?? 'Content-Type, X-Namespace',
    );
    response.writeHead(204).end();
    return;
  }
  // The UI adds a query of its own (preserveStorageRefs).
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'POST' || path !== '/decode') {
    refuse(response, 404, 'POST /decode is all there is');
    return;
  }
  await forward(options, request, response);
}

async function forward(
  { apiUrl, operatorKey }: CodecRelayOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const key = operatorKey();
  if (!key) {
    refuse(response, 503, 'the stack is still starting');
    return;
  }
  const body = await readBody(request);
  if (!body) {
    refuse(response, 413, 'too large');
    return;
  }
  const decoded = await fetch(`${apiUrl}/codec/decode`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  response.writeHead(decoded.status, { 'Content-Type': decoded.headers.get('Content-Type') ?? 'application/json' });
  response.end(Buffer.from(await decoded.arrayBuffer()));
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message }));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
