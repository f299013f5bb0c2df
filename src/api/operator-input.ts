import type { Request } from 'express';
import { z } from 'zod';
import { requestInvalid } from './problem';

/** Of a list: whether those that are done are in it too. */
export const listingQuerySchema = z.strictObject({ all: flagOf('Also those that are over.') });

/** `true` or `false` in an address. */
export function flagOf(description: string) {
  return z.enum(['true', 'false']).default('false').meta({ description });
}

/** @throws {RequestFailure} request_invalid, naming each fault */
export function parseQuery<Output>(schema: z.ZodType<Output>, request: Request): Output {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error);
}

/**
 * The body of an operator's request; none is an empty one.
 *
 * @throws {RequestFailure} request_invalid, naming each fault
 */
export function parseBody<Output>(schema: z.ZodType<Output>, request: Request): Output {
  const parsed = schema.safeParse((request.body as unknown) ?? {});
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error);
}
