import type { Request } from 'express';
import type { z } from 'zod';
import { requestInvalid } from './problem';

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
