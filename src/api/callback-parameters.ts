import { decodeJwt } from 'jose';
import { z } from 'zod';
import { ConsentFailure } from '../domain/failures';

export interface CallbackParameters {
  readonly state: string;
  readonly iss: string | undefined;
  readonly answer:
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'error'; readonly error: string }
    /** A JARM response as it came; its code or error is read after its signature was checked. */
    | { readonly kind: 'response'; readonly response: string };
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
  const { response, ...others } = query as Record<string, unknown>;
  if (response !== undefined) return parseResponse(response, others);
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

/**
 * JARM §2.4: state and issuer are read to find whose answer this claims to be; nothing else is used before the signature was
 * checked, which happens where the code is exchanged.
 */
function parseResponse(response: unknown, others: Record<string, unknown>): CallbackParameters {
  const jwt = z.string().max(16_384).safeParse(response);
  if (!jwt.success || Object.keys(others).length > 0) throw new ConsentFailure('callback_invalid');
  const claims = z.looseObject({ state: vschar(512), iss: vschar(2048) }).safeParse(claimsOf(jwt.data));
  if (!claims.success) throw new ConsentFailure('callback_invalid');
  return { state: claims.data.state, iss: claims.data.iss, answer: { kind: 'response', response: jwt.data } };
}

function claimsOf(jwt: string): unknown {
  try {
    return decodeJwt(jwt);
  } catch {
    return undefined;
  }
}
