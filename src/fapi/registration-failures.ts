import { ConsentFailure } from '../domain/failures';
import { oauthErrorName, retryAfterOf } from './failures';

/** Where in a registration we were. */
export type RegistrationStep = 'registration' | 'registration_management' | 'registration_deletion';

/** Repeated, these would do something else than the first time: make another client, or find none. */
const NOT_REPEATABLE: ReadonlySet<RegistrationStep> = new Set(['registration', 'registration_deletion']);

/** What an answer without success means. The bank's own text stays here. */
export async function failureOfRegistration(response: Response, step: RegistrationStep): Promise<ConsentFailure> {
  const { status } = response;
  const detail = `HTTP ${status} at ${step}.`;
  // RFC 9110 §15.5.9, RFC 6585 §4, RFC 9110 §15.6.4: it says itself that it has not handled the request.
  if (status === 408 || status === 429 || status === 503) {
    return new ConsentFailure('as_unreachable', detail, retryAfterOf(response));
  }
  if (status >= 500)
    return new ConsentFailure(NOT_REPEATABLE.has(step) ? 'registration_unknown' : 'as_unreachable', detail);
  if (status < 400) return new ConsentFailure('as_response_invalid', detail);
  return new ConsentFailure('registration_refused', await errorNameOf(response, detail));
}

/** RFC 7591 §3.2.2, RFC 6750 §3.1: `error` is a name out of a closed alphabet. */
async function errorNameOf(response: Response, otherwise: string): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const name = (body as { error?: unknown } | null | undefined)?.error;
  return typeof name === 'string' ? oauthErrorName(name) : otherwise;
}
