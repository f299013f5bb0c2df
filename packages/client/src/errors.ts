import type { FailureCode } from './contract';

/** One fault in a request, with the place where it is. */
export interface RequestFault {
  readonly path: string;
  readonly message: string;
}

/** What the service says of a failure, as RFC 9457 problem+json. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: FailureCode;
  readonly detail?: string;
  readonly fix: string;
  readonly errors?: readonly RequestFault[];
  readonly requestId: string;
}

/**
 * The service answered that it did not do what was asked. What to do about it depends on `code`; `fix` says it in words.
 *
 * @see docs/errors.md: every code
 */
export class FdxConsentError extends Error {
  /** One of the published codes. A service newer than this client may have more of them. */
  readonly code: FailureCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly fix: string;
  /** Each fault of a request that was not understood; empty for every other failure. */
  readonly errors: readonly RequestFault[];
  /** Names this request in the service's log. */
  readonly requestId: string;
  /** How long the service asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    const faults = problem.errors ?? [];
    const more = faults.map(({ path, message }) => `${path}: ${message}`).join('; ') || problem.detail;
    super(`${problem.code}: ${problem.title}${more === undefined ? '' : ` ${more}`} (request ${problem.requestId})`);
    this.name = 'FdxConsentError';
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.fix = problem.fix;
    this.errors = faults;
    this.requestId = problem.requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Why there is no answer of the service: nothing came, it took too long, or what came is not the service's (a proxy's page, a
 * redirect, JSON that is none).
 */
export type ConnectionFault = 'network' | 'timeout' | 'unexpected_answer';

/** Nobody knows what became of the request: after every try that was allowed there is still no answer of the service. */
export class FdxConsentConnectionError extends Error {
  readonly reason: ConnectionFault;
  /** Of an unexpected answer. */
  readonly status: number | undefined;

  constructor(
    reason: ConnectionFault,
    message: string,
    more: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'FdxConsentConnectionError';
    this.reason = reason;
    this.status = more.status;
  }
}

/** The problem in the body of an answer, when there is one. */
export function problemIn(body: unknown): Problem | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, title, status, fix, requestId } = body as Partial<Record<keyof Problem, unknown>>;
  const isProblem =
    [code, title, fix, requestId].every((each) => typeof each === 'string') && typeof status === 'number';
  return isProblem ? (body as Problem) : undefined;
}
