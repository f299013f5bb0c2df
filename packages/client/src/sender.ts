import { FdxConsentConnectionError, problemIn } from './errors';
import { LONGEST_TIMER_MS, pause, within } from './pause';
import { backoffMs, retryAfterMsOf } from './retry-after';

/** How patient a call is. */
export interface Patience {
  /** For one try, from the request to the last byte of its answer; of a stream: to its first. */
  readonly timeoutMs: number;
  /** For the whole call, with every try and every wait between them. */
  readonly totalTimeoutMs: number;
  /** Tries after the first. */
  readonly retries: number;
}

/** What a request proves its caller with: the same for every try, or asked for each time. */
export type Credential = string | TokenProvider;

/**
 * Gives the access token for a request.
 *
 * @param refused - true when the service refused the token given last: the next one must be new
 */
export type TokenProvider = (refused: boolean) => string | Promise<string>;

/** As much of `fetch` as is used. */
export type Fetch = (request: Request) => Promise<Response>;

export interface SenderOptions {
  readonly credential: Credential;
  readonly fetch: Fetch;
}

type Outcome = { readonly response: Response } | { readonly error: FdxConsentConnectionError };

/**
 * Sends a request until there is an answer that another try would not change, or patience is over. A `POST` has one
 * `Idempotency-Key` for all its tries, so that the service does once what is asked twice.
 *
 * @throws {FdxConsentConnectionError} when no try brought an answer; the reason of the request's signal when that was aborted
 */
export function sender(options: SenderOptions, patience: Patience): Fetch {
  return async (request) => {
    const call = await Call.of(request, options);
    const giveUpAt = Date.now() + patience.totalTimeoutMs;
    for (let tries = 1; ; tries++) {
      const leftMs = giveUpAt - Date.now();
      const outcome = await call.attempt(Math.max(1, Math.min(patience.timeoutMs, leftMs, LONGEST_TIMER_MS)));
      const waitMs = await call.waitBeforeNext(outcome, tries);
      if (waitMs === undefined || tries > patience.retries || Date.now() + waitMs >= giveUpAt) return settled(outcome);
      if ('response' in outcome) await outcome.response.body?.cancel();
      await pause(waitMs, request.signal);
    }
  };
}

function settled(outcome: Outcome): Response {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
}

/** One request, to be sent as often as it takes. */
class Call {
  private tokenWasRefused = false;

  private constructor(
    private readonly request: Request,
    private readonly headers: Headers,
    private readonly body: ArrayBuffer | undefined,
    private readonly options: SenderOptions,
  ) {}

  static async of(request: Request, options: SenderOptions): Promise<Call> {
    const headers = new Headers(request.headers);
    if (request.method === 'POST' && !isSearch(request) && !headers.has(IDEMPOTENCY_KEY))
      headers.set(IDEMPOTENCY_KEY, crypto.randomUUID());
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const body = hasBody ? await request.arrayBuffer() : undefined;
    return new Call(request, headers, body?.byteLength ? body : undefined, options);
  }

  async attempt(timeoutMs: number): Promise<Outcome> {
    const { url, method, redirect, signal } = this.request;
    signal.throwIfAborted();
    const attempt = new AbortController();
    // Not AbortSignal.any and .timeout: edge runtimes of today are without them.
    const timer = setTimeout(() => {
      attempt.abort();
    }, timeoutMs);
    const abort = (): void => {
      attempt.abort(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    let goesOn = false;
    try {
      // Whoever gives tokens may be slow as well.
      this.headers.set('authorization', `Bearer ${await within(this.token(), attempt.signal)}`);
      const init = { method, redirect, headers: this.headers, signal: attempt.signal };
      const response = await this.options.fetch(new Request(url, { ...init, ...(this.body && { body: this.body }) }));
      goesOn = isStreamed(response);
      return { response: goesOn ? response : await readWhole(response) };
    } catch (error) {
      signal.throwIfAborted();
      if (attempt.signal.aborted) return { error: timeout(timeoutMs) };
      if (error instanceof NoToken) throw error.cause;
      return { error: unreachable(error) };
    } finally {
      clearTimeout(timer);
      // What streams on ends when its caller says so.
      if (!goesOn) signal.removeEventListener('abort', abort);
    }
  }

  /** Milliseconds; undefined when another try would bring nothing else, or might do again what may be done once. */
  async waitBeforeNext(outcome: Outcome, triesMade: number): Promise<number | undefined> {
    const { method } = this.request;
    if ('error' in outcome) return method === 'PATCH' ? undefined : backoffMs(triesMade, undefined);
    const { response } = outcome;
    if (response.status === 401 && typeof this.options.credential !== 'string' && !this.tokenWasRefused) {
      this.tokenWasRefused = true;
      return 0;
    }
    if (!(await isTemporary(response, method))) return undefined;
    return backoffMs(triesMade, retryAfterMsOf(response.headers, Date.now()));
  }

  private async token(): Promise<string> {
    const { credential } = this.options;
    if (typeof credential === 'string') return credential;
    try {
      return sendable(await credential(this.tokenWasRefused));
    } catch (error) {
      throw new NoToken(error);
    }
  }
}

/** What went wrong before anything was sent, and is the caller's own. */
class NoToken extends Error {
  constructor(cause: unknown) {
    super('no token', { cause });
  }
}

/**
 * A key or token without the blanks around it.
 *
 * @throws {TypeError} for what no header can have; the runtime's own words would have all of it
 */
export function sendable(credential: string): string {
  const text = credential.trim();
  if (!/^[\x21-\x7e]+$/.test(text)) throw new TypeError('the key or token is empty, or has characters that none has');
  return text;
}

const IDEMPOTENCY_KEY = 'idempotency-key';

/** It changes nothing, and is better answered as things stand: the service need not keep a page of consents for it. */
function isSearch({ url }: Request): boolean {
  return new URL(url).pathname.endsWith('/v1/consents/search');
}
/** Of a gateway or of the service itself: it may be otherwise in a moment. */
const TEMPORARY = [502, 503, 504];

async function isTemporary(response: Response, method: string): Promise<boolean> {
  // Nothing was done, whatever was asked.
  if (response.status === 429) return true;
  if (TEMPORARY.includes(response.status)) return method !== 'PATCH';
  // Our own first try, whose answer was lost, is still under way.
  if (response.status !== 409 || method !== 'POST') return false;
  return problemIn(await jsonOf(response.clone()))?.code === 'idempotency_in_progress';
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Exports and events come bit by bit; everything else is read at once, so that it can be asked for again. */
function isStreamed(response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  return response.ok && response.body !== null && !/^application\/(json|jose|pdf|[\w.-]+\+json)\b/i.test(type);
}

async function readWhole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const bytes = await response.arrayBuffer();
  // 204 and 304 may have no body, not even an empty one (Fetch, "null body status").
  const body = bytes.byteLength === 0 ? null : bytes;
  // A redirect that is not followed has a status that no Response can be made of.
  return status < 200 || status > 599 ? response : new Response(body, { status, statusText, headers });
}

function timeout(timeoutMs: number): FdxConsentConnectionError {
  return new FdxConsentConnectionError('timeout', `no answer within ${timeoutMs} ms`);
}

function unreachable(cause: unknown): FdxConsentConnectionError {
  return new FdxConsentConnectionError('network', 'the service could not be reached, or broke off', { cause });
}
