import { None, type Configuration } from 'openid-client';
import type { FailureCode } from '../domain/failures';
import type { TokenCustody } from './authorization';
import type { Connection } from './connection';
import { failureOf, type ProtocolStep } from './failures';
import { TransportError } from './transport';

/** One request for tokens whose answer is put away before it is judged. */
export interface TokenExchange {
  /** Runs the request; judges once more with newly read keys where only the bank's keys may have changed meanwhile. */
  run<Result>(request: (configuration: Configuration) => Promise<Result>): Promise<Result>;
}

/** What an error means while nothing has left us, and while the answer is out. */
export interface ExchangeSteps {
  readonly before: ProtocolStep;
  readonly sent: ProtocolStep;
}

export function tokenExchange(connection: Connection, custody: TokenCustody, steps: ExchangeSteps): TokenExchange {
  let { stored } = custody;
  // How far we came decides what an error means.
  let step: ProtocolStep = stored === undefined ? steps.before : 'token_validation';
  let haveReadKeys = false;

  /** Token endpoint answers are kept before they are read, or replayed when one was kept before. */
  function custodian(tokenEndpoints: readonly unknown[]): typeof fetch {
    return async (input, init) => {
      const url = input instanceof Request ? input.url : new URL(input).href;
      if (!tokenEndpoints.includes(url)) {
        haveReadKeys = true;
        return readableKeys(await connection.transport.fetch(input, init));
      }
      if (stored !== undefined) return responseOf(stored, { 'content-type': 'application/json' });
      step = steps.sent;
      const response = await connection.transport.fetch(input, init);
      if (!response.ok) return response;
      const raw = await response.text();
      await custody.store(raw);
      stored = raw;
      step = 'token_validation';
      return responseOf(raw, response.headers);
    };
  }

  async function attempt<Result>(request: (configuration: Configuration) => Promise<Result>): Promise<Result> {
    const metadata = await connection.metadata.known();
    const endpoints = [metadata.token_endpoint, metadata.mtls_endpoint_aliases?.token_endpoint];
    const configuration = await connection.configure({
      fetch: custodian(endpoints.map(normalized)),
      // Nothing leaves us when a stored answer is judged: that must not need a signature.
      ...(stored !== undefined && { authentication: None(), clockSkewSeconds: secondsSince(custody.storedAt) }),
    });
    const result = await request(configuration);
    connection.bankKeys.remember(configuration);
    return result;
  }

  return {
    async run(request) {
      const mayBeOldKeys = connection.bankKeys.isFilled;
      try {
        return await attempt(request);
      } catch (error) {
        const failure = failureOf(error, step);
        // The library reads keys anew by itself once they are a minute old: then those it judged with were the newest.
        if (!mayBeOldKeys || haveReadKeys || !SIGNATURE_FAILURES.has(failure.code)) throw failure;
      }
      // A bank that has changed its keys signs with one we have not seen: read them once, and judge once more.
      connection.bankKeys.forget();
      return attempt(request).catch((error: unknown) => {
        throw failureOf(error, step);
      });
    },
  };
}

const SIGNATURE_FAILURES: ReadonlySet<FailureCode> = new Set(['id_token_invalid', 'authorization_response_invalid']);

/**
 * The bank's keys, when they can be read. An error page in their place says nothing about the tokens in custody: they wait until
 * the keys are back.
 */
async function readableKeys(response: Response): Promise<Response> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const hasKeys = Array.isArray((body as { keys?: unknown } | null | undefined)?.keys);
  if (!response.ok || !hasKeys) throw new TransportError(`HTTP ${response.status} without keys`, true);
  return response;
}

/** An ID token lives for minutes, and its bank's keys may be away for longer: it was good when it came. */
function secondsSince(moment: number | undefined): number {
  return moment === undefined ? 0 : Math.round((moment - Date.now()) / 1000);
}

function normalized(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).href;
}

function responseOf(body: string, headers: Headers | Record<string, string>): Response {
  return new Response(body, { status: 200, headers });
}
