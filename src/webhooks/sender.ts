import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import { failureWordOf, type FailureWord } from './failure-words';
import type { SignedMessage } from './message';
import { addressesOf, parseEndpointUrl, type AddressRules } from './url';

/** What came of a request to an endpoint. Of its answer nothing is kept but this: it may hold anything. */
export type SendResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter?: string | undefined;
      readonly body: string;
    }
  | { readonly kind: 'unanswered'; readonly failure: FailureWord };

export interface WebhookSender {
  /** Never throws. @param readBytes how much of the answer's body is wanted; the rest is thrown away */
  send(url: string, message: SignedMessage, readBytes?: number): Promise<SendResult>;
  readonly rules: AddressRules;
  /** Breaks off what is under way: who minds waits for it before. */
  close(): Promise<void>;
}

export interface SenderOptions extends AddressRules {
  /** For the whole exchange, from the name's resolution to the status line. */
  readonly timeoutSeconds: number;
  /** An HTTP proxy that speaks CONNECT (RFC 9110 §9.3.6); TLS to the endpoint goes through it untouched. */
  readonly proxyUrl?: string | undefined;
  /** Certificate authorities beside those that Node trusts, in PEM. */
  readonly ca?: string | readonly string[] | undefined;
}

const KEEP_ALIVE_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Read on so that the connection can be used again; more than this is not worth it. */
const DRAINED_BYTES = 64 * 1_024;
const DRAIN_MS = 1_000;
const MAX_HEADER_BYTES = 16 * 1_024;
/** Interim answers (RFC 9110 §15.2) come before the one that counts. Nobody needs more; read on, they cost a whole processor. */
const MOST_INTERIM_ANSWERS = 8;

/** An answer that only announces itself. */
class TooManyInterimAnswers extends Error {
  override readonly name = 'TooManyInterimAnswers';
  readonly code = 'ERR_INTERIM_ANSWERS';
}

export function createWebhookSender(options: SenderOptions): WebhookSender {
  const addresses = addressesOf(options);
  const dispatcher = dispatcherOf(options);

  async function send(url: string, { headers, body }: SignedMessage, readBytes: number): Promise<SendResult> {
    // What was allowed when it was registered need not be allowed now: a setting may have changed.
    const target = parseEndpointUrl(url, options);
    addresses.check(target);
    const signal = AbortSignal.timeout(options.timeoutSeconds * 1_000);
    // Redirects are not followed: they could lead anywhere, and would carry the event there.
    const answer = await request(target, {
      ...{ method: 'POST', headers: { ...headers }, body, dispatcher, signal },
      onInfo: limitInterimAnswers(),
    });
    const text = readBytes > 0 ? await readText(answer.body, readBytes) : '';
    if (readBytes === 0) await drain(answer.body);
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answered',
      status: answer.statusCode,
      body: text,
      ...(typeof retryAfter === 'string' && { retryAfter }),
    };
  }

  return {
    rules: options,
    send: (url, message, readBytes = 0) =>
      send(url, message, readBytes).catch((error: unknown) => ({ kind: 'unanswered', failure: failureWordOf(error) })),
    close: () => dispatcher.destroy(),
  };
}

/** One sender for all: a connection belongs to an origin, whoever has endpoints there. */
function dispatcherOf({ timeoutSeconds, proxyUrl, ca, ...rules }: SenderOptions): Dispatcher {
  const bounds = {
    // As many as are needed: many applications may have endpoints at one origin, and none waits for another's. How much is sent at
    // once is bounded for each endpoint.
    connections: null,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutSeconds * 1_000,
    bodyTimeout: timeoutSeconds * 1_000,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  const tls = { timeout: CONNECT_TIMEOUT_MS, ...(ca !== undefined && { ca: [ca].flat() }) };
  // The proxy resolves names, so it is the proxy that keeps us from private ones; addresses are still checked above.
  if (proxyUrl !== undefined) return new ProxyAgent({ uri: proxyUrl, requestTls: tls, ...bounds });
  return new Agent({ connect: { ...tls, lookup: addressesOf(rules).lookup }, ...bounds });
}

function limitInterimAnswers(): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (count > MOST_INTERIM_ANSWERS) throw new TooManyInterimAnswers('only interim answers came');
  };
}

type Body = Dispatcher.ResponseData['body'];

/** The status has said all: a body that does not end is cut off, and changes nothing. */
async function drain(body: Body): Promise<void> {
  await body.dump({ limit: DRAINED_BYTES, signal: AbortSignal.timeout(DRAIN_MS) }).catch(() => body.destroy());
}

async function readText(body: Body, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    // Leaving the loop destroys the body.
    if (bytes >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most).toString('utf8');
}
