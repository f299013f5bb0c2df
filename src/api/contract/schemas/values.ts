import { z } from 'zod';
import type { FailureCode } from '../../../domain/failures';
import { FAILURES } from '../../../domain/failures';
import { ID_PREFIX } from '../../../domain/ids';

/** Single values that occur in more than one answer. */

type Deep<Value> = Value extends (infer Member)[]
  ? readonly Deep<Member>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Deep<Value[Name]> }
    : Value;

/** What may be sent where a schema says what is sent: nothing of it is changed on the way. */
export type Sent<Schema extends z.ZodType> = Deep<z.output<Schema>>;

/** An id as we make it: docs/api.md. One of another form is only one that nothing goes by. */
export function idOf(kind: keyof typeof ID_PREFIX, description?: string) {
  const id = z.string().regex(new RegExp(`^${ID_PREFIX[kind]}_[0-9a-f]{32}$`));
  return description === undefined ? id : id.meta({ description });
}

/** What an example shows of an id. */
export function exampleIdOf(kind: keyof typeof ID_PREFIX): string {
  return `${ID_PREFIX[kind]}_0198a2b4c6d87e10b2f4a6c8e0d2f4a6`;
}

/** An institution's id, as its profile has it. */
export const institutionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .meta({ description: 'The id of an institution, from its profile.' });

/** RFC 3339. Written by `Date.toISOString`, so only its form is said. */
export const instant = z.string().meta({ format: 'date-time' });

export const describedInstant = (description: string) => z.string().meta({ format: 'date-time', description });

export const days = z.int().min(0);

export const FAILURE_CODES = Object.keys(FAILURES) as [FailureCode, ...FailureCode[]];

export const failureCode = z.enum(FAILURE_CODES).meta({
  id: 'FailureCode',
  description:
    'What went wrong, stable: docs/errors.md has a row for each. A published code keeps its meaning; later versions may add some.',
});

/** Why something ended or did not work, in an answer that is none of a failure. */
export const failureNote = z
  .strictObject({
    code: failureCode,
    title: z.string().meta({ description: 'What happened, for an engineer.' }),
    fix: z.string().meta({ description: 'What to do next.' }),
  })
  .meta({ id: 'FailureNote', description: 'A failure that is part of how something stands.' });

/** `nextCursor` of a page: absent on the last one. */
export function nextCursorOf(cursor: z.ZodString = z.string()) {
  return cursor.meta({ description: 'Asks for the next page, as `cursor`. Absent on the last one.' }).optional();
}
