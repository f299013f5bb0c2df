import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './contract';
import { FdxConsentConnectionError, FdxConsentError, problemIn } from './errors';
import { retryAfterMsOf } from './retry-after';
import { sender, type Fetch, type Patience, type SenderOptions } from './sender';

/** Every operation of the contract, typed: `raw.GET('/v1/consents/{consentId}', { params: { path: { consentId } } })`. */
export type RawClient = Client<paths>;

/** What one call may have of its own. */
export interface CallOptions extends Partial<Patience> {
  readonly signal?: AbortSignal;
  /** Of a `POST`: to ask again, later and from elsewhere, for what was asked before. One is made where none is given. */
  readonly idempotencyKey?: string;
}

/** What openapi-fetch makes of an answer. */
export type Result<Data> =
  | { readonly data: Data; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: unknown; readonly response: Response };

/** The way to one service: who asks, how, and how patiently. */
export class Connection {
  readonly raw: RawClient;

  constructor(
    baseUrl: string,
    private readonly options: SenderOptions,
    private readonly patience: Patience,
  ) {
    const send = sender(options, patience);
    // A key is for the service alone: it does not follow to where a redirect leads.
    this.raw = createClient<paths>({ baseUrl, fetch: send, redirect: 'manual', pathSerializer: pathOf });
  }

  /** As members of the options of a call of `raw`. */
  with({ signal, idempotencyKey, ...patience }: CallOptions = {}, headers: Readonly<Record<string, string>> = {}) {
    const own = Object.fromEntries(
      Object.entries(patience as Readonly<Record<string, unknown>>).filter(([, value]) => value !== undefined),
    );
    const fetch: Fetch = sender(this.options, { ...this.patience, ...own });
    return {
      fetch,
      headers: { ...headers, ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) },
      ...(signal && { signal }),
    };
  }
}

/**
 * What an operation answered.
 *
 * @throws {FdxConsentError} what the service said instead
 * @throws {FdxConsentConnectionError} when it was not the service that answered
 */
export async function answerOf<Data>(result: Promise<Result<Data>>): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await understood(result);
  if (response.ok) return data as Exclude<Data, undefined>;
  const problem = problemIn(error);
  if (!problem) throw unexpected(response.status);
  const retryAfterMs = retryAfterMsOf(response.headers, Date.now());
  throw new FdxConsentError(problem, retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000));
}

async function understood<Data>(result: Promise<Result<Data>>): Promise<Result<Data>> {
  try {
    return await result;
  } catch (error) {
    // Said to be JSON, and is not: whoever answered is not the service.
    if (error instanceof SyntaxError) throw unexpected(undefined);
    throw error;
  }
}

function unexpected(status: number | undefined): FdxConsentConnectionError {
  const what = status === undefined ? 'what came is not JSON' : `status ${status}, and not as the service answers`;
  return new FdxConsentConnectionError('unexpected_answer', `something else answered: ${what}`, {
    ...(status !== undefined && { status }),
  });
}

/** `.` and `..` are taken out of a URL, and would lead to another operation; an empty one does as well. */
function pathOf(path: string, parameters: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const value = parameters[name];
    if (typeof value !== 'string' || value === '' || value === '.' || value === '..') {
      throw new TypeError(`${name} names nothing`);
    }
    return encodeURIComponent(value);
  });
}
