import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { Agent, fetch as undiciFetch, type RequestInit } from 'undici';

/**
 * How requests reach one institution: its certificate authority, connection reuse, and a bound on everything.
 */
export interface Transport {
  readonly fetch: typeof fetch;
  /** The last DPoP nonce a server gave us, by origin (RFC 9449 §8: nonces belong to one server). */
  readonly nonces: Map<string, string>;
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
const ANSWER_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 4_000;

export function createTransport(options: { readonly caFile?: string | undefined }): Transport {
  const nonces = new Map<string, string>();
  const dispatcher = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS, secureContext: secureContextFor(options.caFile) },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });

  async function send(input: string | URL, init: RequestInit): Promise<Response> {
    const url = new URL(input);
    const response = await undiciFetch(url, {
      ...init,
      dispatcher,
      redirect: 'manual',
      // The whole answer, body included: a server that drips bytes cannot hold us.
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const nonce = response.headers.get('dpop-nonce');
    if (nonce !== null) nonces.set(url.origin, nonce);
    // Read here, so that a body that breaks off is the transport's fault and not the parser's.
    const body = await response.arrayBuffer();
    const hasBody = body.byteLength > 0 && ![204, 205, 304].includes(response.status);
    return new Response(hasBody ? body : null, {
      status: response.status,
      headers: Object.fromEntries(response.headers),
    });
  }

  return {
    nonces,
    fetch: (input, init) =>
      send(input as string | URL, (init ?? {}) as unknown as RequestInit).catch((error: unknown) => {
        throw transportErrorOf(error);
      }),
  };
}

/**
 * FAPI 2.0 Security Profile §5.2.1: TLS 1.2 or later, certificate and name checked. Made once: reading the system's certificate
 * authorities for every new connection would hold up the process for tens of milliseconds each time.
 */
function secureContextFor(caFile: string | undefined): SecureContext {
  return createSecureContext({
    minVersion: 'TLSv1.2',
    ...(caFile !== undefined && { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] }),
  });
}

/** Failures that happen before the request line is written. */
const NEVER_SENT = new Set([
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

function transportErrorOf(error: unknown): TransportError {
  const code = codeOf(error) ?? codeOf((error as { cause?: unknown }).cause) ?? nameOf(error);
  return new TransportError(code, !NEVER_SENT.has(code));
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
