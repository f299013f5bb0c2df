import { Connection, type CallOptions, type RawClient } from './connection';
import { Consents } from './consents';
import { Data } from './data';
import { Events } from './events';
import { Receipts } from './receipts';
import { sendable, type Credential, type Fetch, type TokenProvider } from './sender';
import { WebhookEndpoints } from './webhook-endpoints';

interface OptionsOfAll {
  /** Where the service is: `https://consent.example`. */
  readonly baseUrl: string;
  /** In place of the runtime's own: for a proxy, a certificate authority, a trace. */
  readonly fetch?: Fetch;
  /** For one try; 30 seconds when nothing is said. */
  readonly timeoutMs?: number;
  /** For a call with all its tries; 2 minutes when nothing is said. */
  readonly totalTimeoutMs?: number;
  /** Tries after the first; 3 when nothing is said. */
  readonly retries?: number;
}

/** An API key, or access tokens of the issuer that the service trusts: docs/access.md. */
export type FdxConsentClientOptions = OptionsOfAll &
  (
    | { readonly apiKey: string; readonly token?: never }
    | { readonly apiKey?: never; readonly token: string | TokenProvider }
  );

export interface FdxConsentClient {
  readonly consents: Consents;
  readonly data: Data;
  readonly events: Events;
  readonly receipts: Receipts;
  readonly webhookEndpoints: WebhookEndpoints;
  /** Every operation of the contract, with the same retries. Its answers are openapi-fetch's: give them to `answerOf`, or look yourself. */
  readonly raw: RawClient;
}

/** @throws {TypeError} when `baseUrl` is not an http address, or there is nothing to prove with who asks */
export function createFdxConsentClient(options: FdxConsentClientOptions): FdxConsentClient {
  const { timeoutMs = 30_000, totalTimeoutMs = 120_000, retries = 3 } = options;
  const send: Fetch = options.fetch ?? ((request) => globalThis.fetch(request));
  const connection = new Connection(
    addressOf(options.baseUrl),
    { credential: credentialOf(options), fetch: send },
    { timeoutMs, totalTimeoutMs, retries },
  );
  return {
    consents: new Consents(connection),
    data: new Data(connection),
    events: new Events(connection),
    receipts: new Receipts(connection),
    webhookEndpoints: new WebhookEndpoints(connection),
    raw: connection.raw,
  };
}

function credentialOf({ apiKey, token }: FdxConsentClientOptions): Credential {
  const credential: Credential | undefined = apiKey ?? token;
  // From JavaScript, or from an environment without it.
  if (!credential) throw new TypeError('apiKey or token is needed');
  return typeof credential === 'string' ? sendable(credential) : credential;
}

function addressOf(baseUrl: string): string {
  const { protocol, href, search, hash, username, password } = new URL(baseUrl);
  const isAddress = /^https?:$/.test(protocol) && [search, hash, username, password].every((part) => part === '');
  if (!isAddress) throw new TypeError('baseUrl is an http or https address, without query, fragment and password');
  return href.replace(/\/$/, '');
}

export type { CallOptions };
