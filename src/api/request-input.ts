import type { Request } from 'express';
import { z } from 'zod';
import { requestInvalid } from './problem';

/** What queries and bodies of many operations have in common, and how they are judged. */

export const MOST_PER_PAGE = 200;
export const DEFAULT_PER_PAGE = 50;

/** How many items a page has, in an address. */
export const pageLimit = z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(DEFAULT_PER_PAGE);

export const instant = z.iso
  .datetime({ offset: true, message: 'an instant (RFC 3339)' })
  .transform((text) => new Date(text))
  .meta({ format: 'date-time' });

/** Says of a parameter that may come several times what each of them is, which a union of texts would not tell. */
export function eachIs(schema: z.ZodType) {
  const one = z.toJSONSchema(schema, { io: 'input' });
  delete one.$schema;
  return ({ jsonSchema }: { readonly jsonSchema: { anyOf?: unknown } }): void => {
    jsonSchema.anyOf = [one, { type: 'array', items: one }];
  };
}

/** One after the other with commas, or as a parameter that comes several times. */
export const severalWords = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((each) => each.split(',')));

/** Of a list: whether those that are done are in it too. */
export const listingQuerySchema = z.strictObject({ all: flagOf('Also those that are over.') });

/** `true` or `false` in an address. */
export function flagOf(description: string) {
  return z.enum(['true', 'false']).default('false').meta({ description });
}

/** @throws {RequestFailure} request_invalid, naming each fault */
export function parseQuery<Output>(schema: z.ZodType<Output>, request: Request): Output {
  return judged(schema, request.query);
}

/**
 * The body of a request; none is an empty one.
 *
 * @throws {RequestFailure} request_invalid, naming each fault
 */
export function parseBody<Output>(schema: z.ZodType<Output>, request: Request): Output {
  return judged(schema, (request.body as unknown) ?? {});
}

function judged<Output>(schema: z.ZodType<Output>, given: unknown): Output {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error);
}
