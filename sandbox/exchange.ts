import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';

/** One request and its answer, with the body read: the journal, the faults and the endpoints all look at it. */
export interface Exchange {
  req: IncomingMessage & { body?: unknown };
  res: ServerResponse;
  url: URL;
  body: Record<string, unknown> | undefined;
}

/** More than any form or JSON this bank understands. */
const BODY_LIMIT_IN_BYTES = 56 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export async function receive(req: IncomingMessage, res: ServerResponse, url: URL): Promise<Exchange> {
  // oidc-provider builds its URLs from this header. Each door has one name, by whatever address it was reached.
  req.headers.host = url.host;
  // RFC 9110 §6.6.1: by the bank's clock, which may be put wrong; Node would take the machine's.
  res.setHeader('date', new Date().toUTCString());
  const exchange: Exchange = { req, res, url, body: await readBody(req) };
  // oidc-provider takes an already parsed body from here.
  exchange.req.body = exchange.body;
  return exchange;
}

async function readBody(req: IncomingMessage): Promise<Exchange['body']> {
  if (req.method === 'GET' || req.method === 'HEAD') return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_IN_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return { ...parse(text) };
  if (type.startsWith('application/json')) return parseJson(text);
  return undefined;
}

function parseJson(text: string): Exchange['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function answer(
  res: ServerResponse,
  { status, headers, body }: { status: number; headers: Record<string, string>; body: string | Buffer },
): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

export function answerJson(res: ServerResponse, status: number, body: unknown): void {
  answer(res, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  });
}

/** RFC 9110 §15.4.4: after a form, fetch that page. */
export function seeOther(res: ServerResponse, location: string): void {
  res.writeHead(303, { location, 'content-length': '0', 'cache-control': 'no-store' });
  res.end();
}
