import { eventOfFailure } from '../domain/consent';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import { persistent, prompt, withFallback } from './activities';
import type { Narration } from './narration';

/** Writes down that a trip to the bank ended without a grant, and what that means for the consent. */
export async function recordLostAuthorization(
  consent: Narration,
  authorizationId: AuthorizationId,
  failure: FailureCode,
): Promise<void> {
  const event = eventOfFailure(failure);
  const record = { consentId: consent.input.consentId, authorizationId, failure, state: consent.after(event) };
  await withFallback(
    () => prompt.recordLostAuthorization(record),
    () => persistent.recordLostAuthorization(record),
  );
  consent.tell(event);
}
