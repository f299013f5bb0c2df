import { z } from 'zod';
import { UsageError } from './command-errors';

/**
 * What a command was given, or every fault of it at once.
 *
 * @throws {UsageError} naming the options as they are typed
 */
export function parseOptions<Output>(schema: z.ZodType<Output>, values: unknown): Output {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`);
  throw new UsageError(faults.join('\n'));
}

/** A day, meaning its beginning in UTC, or an instant. */
export const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], 'takes 2027-01-31 or 2027-01-31T12:00:00Z')
  .transform((text) => new Date(text));

export const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `takes a number from 1 to ${most}`)
    .transform(Number)
    .refine((number) => number >= 1 && number <= most, `takes a number from 1 to ${most}`);
