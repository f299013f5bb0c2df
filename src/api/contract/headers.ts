import { z } from 'zod';
import { habitRequestHeadersOf } from './habits';
import { IDEMPOTENCY_REPLAYED, idempotencyKeyHeader, isRepeatable } from './idempotency';
import type { Operation } from './operation';

/** Headers that operations have by their kind: of requests, of answers and of failures. */

const requestId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{8,64}$/)
  .meta({
    header: { id: 'X-Request-Id' },
    description:
      'The id of this request: your own X-Request-Id, if it is 8 to 64 letters, digits, `.`, `_` or `-`; else one of ours.',
  });

const retryAfter = z
  .string()
  .regex(/^\d+$/)
  .meta({ header: { id: 'Retry-After' }, description: 'Seconds after which a retry makes sense (RFC 9110 §10.2.3).' });

const wwwAuthenticate = z
  .string()
  .meta({ header: { id: 'WWW-Authenticate' }, description: 'How to authenticate (RFC 9110 §11.6.1).' });

const RATE_LIMITS = {
  'RateLimit-Policy': z
    .string()
    .meta({
      header: { id: 'RateLimit-Policy' },
      description:
        'Requests that the application may make: `q` of them in `w` seconds (draft-ietf-httpapi-ratelimit-headers).',
    })
    .optional(),
  RateLimit: z
    .string()
    .meta({
      header: { id: 'RateLimit' },
      description: 'What is left of it: `r` requests, for the next `t` seconds.',
    })
    .optional(),
};

const DEPRECATION = {
  Deprecation: z
    .string()
    .meta({ header: { id: 'Deprecation' }, description: 'Since when: `@` and Unix seconds (RFC 9745).' }),
  Sunset: z
    .string()
    .meta({ header: { id: 'Sunset' }, description: 'When it may be gone (RFC 8594).' })
    .optional(),
  Link: z.string().meta({ header: { id: 'Link' }, description: 'With rel="deprecation": where to read about it.' }),
};

/** Of the requests of an operation: its own, those of its habits, and those of its kind. */
export function requestHeadersOf(operation: Operation): z.ZodObject | undefined {
  const shape = {
    ...operation.headers?.shape,
    ...habitRequestHeadersOf(operation),
    ...(isRepeatable(operation) && { 'Idempotency-Key': idempotencyKeyHeader }),
  };
  return Object.keys(shape).length === 0 ? undefined : z.object(shape);
}

/** Of an answer to an operation when all goes well, beside those it names itself. */
export function answerHeadersOf(operation: Operation): Readonly<Record<string, z.ZodType>> {
  return {
    'X-Request-Id': requestId,
    ...(operation.access.role === 'application' && RATE_LIMITS),
    ...(isRepeatable(operation) && operation.isPure !== true && IDEMPOTENCY_REPLAYED),
    ...(operation.deprecated && DEPRECATION),
  };
}

/** Of a failure with a status. */
export function failureHeadersOf(operation: Operation, status: number): Readonly<Record<string, z.ZodType>> {
  return {
    ...answerHeadersOf(operation),
    ...(status === 401 && { 'WWW-Authenticate': wwwAuthenticate }),
    // With `insufficient_scope` (RFC 6750 §3.1).
    ...(status === 403 && { 'WWW-Authenticate': wwwAuthenticate.optional() }),
    ...((status === 429 || status === 503) && { 'Retry-After': retryAfter }),
    // With `idempotency_in_progress`.
    ...(status === 409 && isRepeatable(operation) && { 'Retry-After': retryAfter.optional() }),
  };
}
