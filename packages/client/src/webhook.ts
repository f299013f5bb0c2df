import { Webhook } from 'standardwebhooks';
import type { ConsentEvent } from './contract';

/** Asks whether you want to be told: answer 200 with {@link challengeAnswer}. */
export interface EndpointVerification {
  readonly id: string;
  readonly type: 'endpoint.verification';
  /** RFC 3339. */
  readonly timestamp: string;
  readonly data: { readonly endpointId: string; readonly challenge: string };
}

/** Sent by `POST …/test`: nothing has happened. */
export interface TestPing {
  readonly id: string;
  readonly type: 'test.ping';
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a webhook may say, told apart by `type`. A service newer than this client may have more types: have a default. */
export type WebhookEvent = ConsentEvent | EndpointVerification | TestPing;

export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The request is not one of the service's, or not a fresh one: answer 401, and do nothing. */
export class WebhookRefusedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WebhookRefusedError';
  }
}

/**
 * What a webhook says, once it is sure who sent it.
 *
 * @param payload - the body as it came; parsed and printed again it is another one
 * @param secrets - `whsec_…`; while a secret is rotated, the new one and the old one
 * @throws {WebhookRefusedError} when no signature fits, or the timestamp is more than five minutes off
 * @throws {TypeError} when a secret is none, or the body was parsed already
 * @see Standard Webhooks, "Verifying webhook authenticity"
 */
export function verifyWebhook(
  payload: string | Uint8Array | ArrayBuffer,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
): WebhookEvent {
  // Frameworks parse bodies unasked, and JavaScript lets them be given.
  if (!isAsItCame(payload)) throw new TypeError('the body is needed as it came, as text or bytes, and not parsed');
  const verifiers = [secrets].flat().map(verifierOf);
  if (verifiers.length === 0) throw new TypeError('no webhook secret is given');
  const text = typeof payload === 'string' ? payload : new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
  const signed = signedHeadersOf(headers);
  let reason = '';
  for (const verifier of verifiers) {
    try {
      verifier.verify(text, signed, { jsonParse: false });
      return eventIn(text);
    } catch (error) {
      if (error instanceof WebhookRefusedError) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new WebhookRefusedError(reason);
}

function isAsItCame(payload: unknown): boolean {
  // By its tag: a test's or a worker's ArrayBuffer may be of another realm.
  const isBuffer = Object.prototype.toString.call(payload) === '[object ArrayBuffer]';
  return typeof payload === 'string' || isBuffer || ArrayBuffer.isView(payload);
}

/** What an endpoint answers a challenge with, as JSON. */
export function challengeAnswer({ data }: EndpointVerification): string {
  return JSON.stringify({ challenge: data.challenge });
}

function verifierOf(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    // The library's own words may have a part of it.
    throw new TypeError('a webhook secret is whsec_ and base64');
  }
}

const SIGNED = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

function signedHeadersOf(headers: WebhookHeaders): Record<string, string> {
  const all = headers instanceof Headers ? headers : headersFrom(headers);
  return Object.fromEntries(SIGNED.map((name) => [name, all.get(name) ?? '']));
}

/** As Node's `request.headers` and most frameworks have them. */
function headersFrom(record: Exclude<WebhookHeaders, Headers>): Map<string, string> {
  return new Map(
    Object.entries(record).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(' ')] as const],
    ),
  );
}

function eventIn(text: string): WebhookEvent {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    throw new WebhookRefusedError('what was signed is not JSON');
  }
  const { id, type, data } = (event ?? {}) as Partial<Record<string, unknown>>;
  if (typeof id !== 'string' || typeof type !== 'string' || typeof data !== 'object' || data === null) {
    throw new WebhookRefusedError('what was signed is not an event');
  }
  return event as WebhookEvent;
}
