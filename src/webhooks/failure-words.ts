import { ConsentFailure } from '../domain/failures';

/** Why a request to an endpoint has no answer: documented in docs/webhooks.md. Never the message of an error, which may quote anything. */
export const FAILURE_WORDS = {
  timeout: 'no answer in time',
  name_not_found: 'the host name resolves to nothing',
  address_refused: 'the host name resolves to an address that is not public, or the URL is no longer allowed',
  connection_refused: 'nobody listens there',
  connection_lost: 'the connection broke off before an answer',
  tls_failed: 'the certificate is not valid for the name, or TLS failed',
  not_http: 'the answer was not HTTP',
  proxy_refused: 'the outbound proxy did not let us through',
  redirect: 'it answered with a redirect, which is not followed',
  status: 'it answered with a status other than 2xx',
  gone: 'it answered 410: the endpoint is disabled',
  interrupted: 'the worker that sent it died; whether it arrived is not known',
  internal: 'a fault of ours: it was not sent, and does not count',
  wrong_challenge: 'the answer to the challenge was not its challenge',
  unknown: 'something else',
} as const;

export type FailureWord = keyof typeof FAILURE_WORDS;

const WORD_OF_CODE: Readonly<Record<string, FailureWord>> = {
  ADDRESS_NOT_PUBLIC: 'address_refused',
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ENODATA: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'connection_refused',
  ENETUNREACH: 'connection_refused',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  UND_ERR_SOCKET: 'connection_lost',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'not_http',
  ERR_INTERIM_ANSWERS: 'not_http',
  UND_ERR_ABORTED: 'proxy_refused',
};

/** What an answer by HTTP means by its status alone; undefined where it was taken. */
export function failureOfStatus(status: number): 'redirect' | 'status' | undefined {
  if (status >= 200 && status <= 299) return undefined;
  return status >= 300 && status <= 399 ? 'redirect' : 'status';
}

interface Coded {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: Coded;
  readonly errors?: readonly Coded[];
}

export function failureWordOf(error: unknown): FailureWord {
  if (error instanceof ConsentFailure) return 'address_refused';
  for (
    let each = error as Coded | undefined, depth = 0;
    each && depth < 4;
    each = each.cause ?? each.errors?.[0], depth += 1
  ) {
    if (each.name === 'TimeoutError') return 'timeout';
    if (each.name === 'HTTPParserError') return 'not_http';
    const word = typeof each.code === 'string' ? wordOf(each.code) : undefined;
    if (word) return word;
  }
  return 'unknown';
}

function wordOf(code: string): FailureWord | undefined {
  if (Object.hasOwn(WORD_OF_CODE, code)) return WORD_OF_CODE[code];
  if (code.startsWith('HPE_')) return 'not_http';
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/.test(code) ? 'tls_failed' : undefined;
}
