import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';

export interface CallbackParameters {
  readonly state: string;
  readonly iss: string | undefined;
  readonly answer:
    { readonly kind: 'code'; readonly code: string } | { readonly kind: 'error'; readonly error: string };
}

/** Printable ASCII of bounded length (RFC 6749 Appendix A.11). A parameter given twice is an array here, and refused (§3.1). */
const vschar = (max: number) => z.string().regex(new RegExp(`^[\\x20-\\x7e]{1,${max}}$`));

const schema = z.looseObject({
  state: vschar(512),
  iss: vschar(2048).optional(),
  code: vschar(4096).optional(),
  /** RFC 6749 §4.1.2.1; the description is the bank's text and is not kept. */
  error: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .optional(),
});

/**
 * Reads the query of an authorization response.
 *
 * @throws {ConsentFailure} callback_state_unknown without a state, callback_invalid when parameters are missing, doubled or
 *   contradict each other
 */
export function parseCallback(query: unknown): CallbackParameters {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    const hasState = typeof (query as { state?: unknown }).state === 'string';
    throw new ConsentFailure(hasState ? 'callback_invalid' : 'callback_state_unknown');
  }
  const { state, iss, code, error } = parsed.data;
  if (code !== undefined && error === undefined) return { state, iss, answer: { kind: 'code', code } };
  if (code === undefined && error !== undefined) return { state, iss, answer: { kind: 'error', error } };
  throw new ConsentFailure('callback_invalid');
}
