import { z } from 'zod';
import { PRINTABLE } from '../domain/one-line';

/**
 * One line of text, in characters as JSON Schema counts them. PostgreSQL keeps neither NUL nor half a surrogate pair; nobody means
 * either.
 */
export const lineOfText = (most: number) =>
  z
    .string()
    .regex(new RegExp(`^${PRINTABLE}{1,${most}}$`, 'u'), {
      message: `takes 1 to ${most} characters, and must not hold control characters`,
    })
    .refine((value) => value.isWellFormed(), 'must not hold half of a surrogate pair')
    .meta({ minLength: 1, maxLength: most });
