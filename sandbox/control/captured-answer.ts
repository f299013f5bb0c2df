import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** A finished answer of the bank that has not left it yet. */
export interface CapturedAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/**
 * Holds back whatever is written to this response until it is complete. Node's own object stays in use, so that Koa
 * and the FDX API write to it as always; afterwards its methods are its own again.
 */
export function captureAnswer(res: ServerResponse): Promise<CapturedAnswer> {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  return new Promise((resolve) => {
    const held = {
      writeHead: (status: number, headers: OutgoingHttpHeaders = {}): ServerResponse => {
        res.statusCode = status;
        for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
        return res;
      },
      flushHeaders: () => undefined,
      write: (chunk: unknown): boolean => {
        keep(chunk);
        return true;
      },
      end: (chunk?: unknown): ServerResponse => {
        keep(chunk);
        for (const method of Object.keys(held)) Reflect.deleteProperty(res, method);
        resolve({ status: res.statusCode, headers: { ...res.getHeaders() }, body: Buffer.concat(chunks) });
        return res;
      },
    };
    Object.assign(res, held);
  });
}

export function sendAnswer(res: ServerResponse, answer: CapturedAnswer): void {
  prepareAnswer(res, answer);
  res.end(answer.body);
}

/** Status and headers as captured, or as rewritten since; the length is that of the body as it is now. */
export function prepareAnswer(res: ServerResponse, { status, headers, body }: CapturedAnswer): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value);
  // RFC 9110 §8.6: a 204 has no length, not even 0.
  if (status === 204) res.removeHeader('content-length');
  else res.setHeader('content-length', body.length);
  res.statusCode = status;
}

/** Headers as of the whole, and the body until somewhere in it: half of it where nothing is said. Resolves when that has left. */
export async function sendBeginning(res: ServerResponse, answer: CapturedAnswer, bytes?: number): Promise<void> {
  prepareAnswer(res, answer);
  res.flushHeaders();
  const beginning = answer.body.subarray(0, bytes ?? Math.floor(answer.body.length / 2));
  await new Promise<void>((resolve) => {
    res.once('close', resolve);
    res.write(beginning, () => {
      resolve();
    });
  });
}
