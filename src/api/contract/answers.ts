import { z } from 'zod';
import type { Answer } from './operation';

/** The usual answer: one JSON document. */
export function answersJson(
  description: string,
  schema: z.ZodType,
  example: unknown,
  headers?: Answer['headers'],
): Answer {
  return {
    description,
    content: { 'application/json': { schema, example } },
    ...(headers && { headers }),
  };
}

/** Of an answer that shows a consent as it was left: what If-Match may be sent with next. */
export const LEFT_AS = { ETag: { description: 'Of the consent as it stands now.', isAlways: true } } as const;

export const CREATED_AT = { Location: { description: 'Where it can be read.', isAlways: true } } as const;

/** A body that says nothing: none, or an empty JSON object. */
export const noMembers = z
  .strictObject({})
  .meta({ id: 'Nothing', description: 'An empty object: there is nothing to say.' });

export const NO_BODY = { schema: noMembers, limit: '64kb', isOptional: true } as const;
