import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { framesOf } from '../stack-frames';
import { ConsentFailure, FAILURES, type FailureCode } from '../domain/failures';
import type { Log } from '../log';
import { isDatabaseAway, isIdTaken } from '../store/database';
import { VaultError } from '../store/vault';
import { statusOf, type Problem } from './contract/schemas/problem';
import { messagePage } from './pages/message';
import { wordsFor } from './pages/words';

/** One fault in a request, with the place where it is. */
export interface RequestFault {
  readonly path: string;
  readonly message: string;
}

/** A failure of a request, with the faults found in it. */
export class RequestFailure extends ConsentFailure {
  constructor(
    code: FailureCode,
    readonly faults: readonly RequestFault[],
    detail?: string,
  ) {
    super(code, detail);
  }
}

/** What a schema finds wrong with a request. */
export function requestInvalid({ issues }: Pick<z.ZodError, 'issues'>): RequestFailure {
  return new RequestFailure(
    'request_invalid',
    issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

/** Seconds to wait before asking again when nobody said how long. */
const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** Prints a failure as RFC 9457 problem+json, or as a page when a person's browser asks. */
export function sendFailure(request: Request, response: Response, failure: ConsentFailure): void {
  const { kind, title, fix } = FAILURES[failure.code];
  const status = statusOf(failure.code);
  const retryAfterSeconds =
    kind === 'unavailable' ? (failure.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS) : undefined;
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  if (status === 401 && response.get('WWW-Authenticate') === undefined) response.set('WWW-Authenticate', 'Bearer');
  response.status(status).set('Cache-Control', 'no-store');

  if (isForPerson(request)) {
    // A reload repeats the request: right for a GET, and a person who pressed a button presses it again.
    const refreshSeconds = request.method === 'GET' ? retryAfterSeconds : undefined;
    const link = request.method === 'POST' ? { href: request.originalUrl, text: 'Try again' } : undefined;
    const text = wordsFor(failure.code);
    response
      .type('html')
      .send(messagePage({ title: headingOf(status), text, code: failure.code, refreshSeconds, link }));
    return;
  }
  response.type('application/problem+json').send(
    JSON.stringify({
      type: `urn:fdx-consent:failure:${failure.code}`,
      title,
      status,
      code: failure.code,
      ...(failure.detail !== undefined && { detail: failure.detail }),
      fix,
      ...(failure instanceof RequestFailure && { errors: failure.faults }),
      requestId: response.locals['requestId'] as string,
    } satisfies Problem),
  );
}

function headingOf(status: number): string {
  return status === 503 ? 'One moment, please' : 'This did not work';
}

/** Pages live below /connect and /callback; everything else is for programs. */
function isForPerson(request: Request): boolean {
  return /^\/(connect|callback)(\/|$)/.test(request.path) && request.accepts(['html', 'json']) === 'html';
}

export const routeNotFound: RequestHandler = (request, response) => {
  sendFailure(request, response, new ConsentFailure('route_not_found'));
};

/** Answers the methods that a known address does not have. */
export function methodNotAllowed(...allowed: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    sendFailure(request, response, new ConsentFailure('method_not_allowed'));
  };
}

/** The last handler: whatever was thrown becomes one of the published failures. */
export function failureHandler(log: Log): ErrorRequestHandler {
  // Express recognises an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    // The id of what a request makes that names itself is known before: somebody else is carrying out the same one.
    const isMade = response.locals['claim'] !== undefined && isIdTaken(error);
    const failure = isMade ? new ConsentFailure('idempotency_in_progress') : failureOf(error);
    if (failure.code === 'internal_error') {
      const name = error instanceof Error ? error.name : typeof error;
      log.error(
        {
          requestId: response.locals['requestId'] as string,
          name,
          // Written by us, for operators: a key that is missing, or that KMS refuses.
          ...(error instanceof VaultError && { reason: error.message }),
          frames: framesOf(error),
        },
        'a request broke',
      );
    }
    sendFailure(request, response, failure);
  };
}

/** The published failure that an error is told as. */
export function failureOf(error: unknown): ConsentFailure {
  if (error instanceof ConsentFailure) return error;
  if (isDatabaseAway(error)) return new ConsentFailure('store_unavailable');
  return new ConsentFailure(codeOfHttpError(error));
}

/** Errors of body parsing and URL decoding carry a status and, from the parser, a type. */
function codeOfHttpError(error: unknown): FailureCode {
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  if (status === 413) return 'request_too_large';
  if (status === 415) return 'media_type_unsupported';
  if (typeof type === 'string' && status === 400) return 'request_malformed';
  return status === 400 ? 'route_not_found' : 'internal_error';
}
