import type { Request } from 'express';
import type { z } from 'zod';
import { RequestFailure } from './problem';

/**
 * The body of an operator's request; none is an empty one.
 *
 * @throws {RequestFailure} request_invalid, naming each fault
 */
export function parseBody<Output>(schema: z.ZodType<Output>, request: Request): Output {
  const parsed = schema.safeParse((request.body as unknown) ?? {});
  if (parsed.success) return parsed.data;
  throw new RequestFailure(
    'request_invalid',
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}
