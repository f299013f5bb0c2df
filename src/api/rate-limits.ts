import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { ConsentFailure, FAILURES } from '../domain/failures';
import { applicationOf } from './authentication';
import type { ApiSettings } from './dependencies';

const WINDOW_MS = 60_000;

/** How often somebody may ask this process: kept in its memory, so that no request waits for it. ADR 0028. */
export interface RateLimits {
  /** Counts a request to its application. Stands behind the door of applications. */
  readonly ofApplication: RequestHandler;
  /** Counts what a door refuses to the address that it came from. What the door lets through passes, whatever was refused before. */
  ofRefusals(door: RequestHandler): RequestHandler;
}

/** @see draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` says what is allowed, `RateLimit` what is left of it */
export function createRateLimits(
  settings: Pick<ApiSettings, 'requestsPerMinute' | 'authenticationFailuresPerMinute'>,
): RateLimits {
  const ofApplication = rateLimit({
    ...COMMON,
    limit: (_request, response) => applicationOf(response).requestsPerMinute ?? settings.requestsPerMinute,
    keyGenerator: (_request, response) => applicationOf(response).id,
    standardHeaders: 'draft-8',
    identifier: 'application',
    handler: refusing('this application has made as many requests in a minute as it may.'),
  });
  const ofAddress = rateLimit({
    ...COMMON,
    limit: settings.authenticationFailuresPerMinute,
    keyGenerator: (request) => ipKeyGenerator(request.socket.remoteAddress ?? 'unknown'),
    handler: refusing('too many requests from this address were refused for their key or token.'),
  });
  return {
    ofApplication,
    ofRefusals: (door) => async (request, response, next) => {
      try {
        // A door throws, or lets through.
        await door(request, response, () => undefined);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await new Promise<void>((resolve, reject) => {
          void ofAddress(request, response, (refused?: unknown) => {
            if (refused instanceof Error) reject(refused);
            else resolve();
          });
        });
        throw error;
      }
      next();
    },
  };
}

const COMMON = {
  windowMs: WINDOW_MS,
  legacyHeaders: false,
  standardHeaders: false,
  // Of how proxies are set up: we go by the address of the connection, and no header.
  validate: { xForwardedForHeader: false, forwardedHeader: false, trustProxy: false },
} satisfies Partial<Options>;

function refusing(detail: string): NonNullable<Options['handler']> {
  return (request, _response, next) => {
    next(new ConsentFailure('rate_limited', detail, secondsUntilReset(request)));
  };
}

function secondsUntilReset(request: Request): number {
  const { rateLimit: info } = request as Request & { rateLimit?: { resetTime?: Date } };
  const resetAt = info?.resetTime?.getTime() ?? Date.now() + WINDOW_MS;
  return Math.max(1, Math.ceil((resetAt - Date.now()) / 1000));
}

function isRefusal(error: unknown): boolean {
  return error instanceof ConsentFailure && FAILURES[error.code].status === 401;
}
