import { Agent, fetch as undiciFetch, ProxyAgent, type Dispatcher, type RequestInit } from 'undici';
import type { AddressPolicy } from '../outbound/public-addresses';
import type { TlsIdentity } from './tls-identity';

/**
 * How requests reach one institution: its certificate authority, our certificate, connection reuse, and a bound on everything.
 */
export interface Transport {
  readonly fetch: typeof fetch;
  /**
   * The same for what may be large: the body of a good answer has not been read yet. It is to be read or cancelled.
   *
   * @param gone whoever asked does not want the answer any more
   */
  open(input: string | URL, init: RequestInit, gone?: AbortSignal): Promise<Response>;
  /** The last DPoP nonce a server gave us, by origin (RFC 9449 §8: nonces belong to one server). */
  readonly nonces: Map<string, string>;
  /** Lets go of open connections; those in use are finished first. */
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly tls: TlsIdentity;
  readonly addresses?: AddressPolicy;
  /** An HTTP proxy that speaks CONNECT (RFC 9110 §9.3.6); TLS to the bank goes through it untouched. */
  readonly proxyUrl?: string | undefined;
  /** How long a bank may take for a whole answer. */
  readonly answerTimeoutMs?: number | undefined;
}

/** A request that got no usable answer. Says whether the server may have seen it: what must not happen twice depends on it. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly reason: string,
    /** False only when no byte of the request can have reached the server. */
    readonly maybeSent: boolean,
  ) {
    super(`no answer: ${reason}`);
  }
}

/** A bank's answer that is larger than this is not an answer: tokens and consents are a few kilobytes, account lists some hundred. */
const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
/** A person is waiting behind PAR and the code exchange; a bank slower than this is down for them. */
const DEFAULT_ANSWER_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 4_000;

export function createTransport(options: TransportOptions): Transport {
  const nonces = new Map<string, string>();
  const { answerTimeoutMs = DEFAULT_ANSWER_TIMEOUT_MS } = options;
  const dispatcher = dispatcherFor(options, answerTimeoutMs);

  async function send(input: string | URL, init: RequestInit, signal: AbortSignal): Promise<Answer> {
    const url = new URL(input);
    options.addresses?.check(url);
    // Nothing in OAuth or FDX is answered by a redirect to us; following one would carry credentials to wherever it points.
    const answer = await undiciFetch(url, { ...init, dispatcher, redirect: 'manual', signal });
    const nonce = answer.headers.get('dpop-nonce');
    if (nonce !== null) nonces.set(url.origin, nonce);
    return answer;
  }

  async function open(input: string | URL, init: RequestInit, gone?: AbortSignal): Promise<Response> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new DOMException('no answer in time', 'TimeoutError'));
    }, answerTimeoutMs);
    try {
      const signal = gone ? AbortSignal.any([late.signal, gone]) : late.signal;
      const answer = await send(input, init, signal);
      // A challenge or an error is small, and whoever judges it reads it.
      return answer.ok ? unread(answer) : await whole(answer);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    nonces,
    async fetch(input, init) {
      try {
        // The whole answer, body included: a server that drips bytes cannot hold us.
        const signal = AbortSignal.timeout(answerTimeoutMs);
        return await whole(await send(input as string | URL, (init ?? {}) as unknown as RequestInit, signal));
      } catch (error) {
        throw transportErrorOf(error);
      }
    },
    open: (input, init, gone) =>
      open(input, init, gone).catch((error: unknown) => {
        throw transportErrorOf(error);
      }),
    close: () => dispatcher.close(),
  };
}

type Answer = Awaited<ReturnType<typeof undiciFetch>>;

/** Read here, so that a body that breaks off is the transport's fault and not the parser's. */
async function whole(answer: Answer): Promise<Response> {
  const body = await bodyOf(answer);
  const hasBody = body.byteLength > 0 && ![204, 205, 304].includes(answer.status);
  return new Response(hasBody ? body : null, { status: answer.status, headers: Object.fromEntries(answer.headers) });
}

/** Counted as it is unpacked: four megabytes of gzip can be gigabytes of nothing. */
async function bodyOf({ body }: Answer): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_RESPONSE_BYTES) throw Object.assign(new Error('answer too large'), { code: 'ANSWER_TOO_LARGE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unread(answer: Answer): Response {
  const headers = new Headers(Object.fromEntries(answer.headers));
  // What comes out is unpacked; these two are about what came in.
  if (headers.has('content-encoding')) headers.delete('content-length');
  headers.delete('content-encoding');
  return new Response(answer.body as ReadableStream<Uint8Array> | null, { status: answer.status, headers });
}

function dispatcherFor({ tls, addresses, proxyUrl }: TransportOptions, answerTimeoutMs: number): Dispatcher {
  // Of a body: between two pieces of it, as long as somebody wants the next one.
  const bounds = { headersTimeout: answerTimeoutMs, bodyTimeout: answerTimeoutMs };
  const secured = { timeout: CONNECT_TIMEOUT_MS, secureContext: tls.secureContext };
  if (proxyUrl !== undefined) {
    // The proxy resolves names, so it is the proxy that keeps us from private ones; addresses are still checked above.
    return new ProxyAgent({ uri: proxyUrl, requestTls: secured, ...bounds });
  }
  return new Agent({ connect: { ...secured, ...(addresses && { lookup: addresses.lookup }) }, ...bounds });
}

/** Failures that happen before the request line is written. */
const NEVER_SENT = new Set([
  'ADDRESS_NOT_PUBLIC',
  'PROXY_REFUSED',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What went wrong, without the error of the library: its causes can hold what was sent. */
export function transportErrorOf(error: unknown): TransportError {
  const reason = reasonOf(error);
  return new TransportError(reason, !NEVER_SENT.has(reason));
}

interface Coded {
  readonly code?: unknown;
  readonly message?: string;
  readonly cause?: Coded;
}

/** fetch wraps what went wrong, a few levels deep; the first one that names itself by a code says it best. */
function reasonOf(error: unknown): string {
  for (let each = error as Coded | undefined, depth = 0; each && depth < 4; each = each.cause, depth += 1) {
    if (each.code === 'UND_ERR_ABORTED' && each.message?.includes('HTTP Tunneling') === true) return 'PROXY_REFUSED';
    if (typeof each.code === 'string') return each.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
