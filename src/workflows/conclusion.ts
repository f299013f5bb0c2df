import type { ConsentEvent } from '../domain/consent';
import { persistent, prompt, withFallback } from './activities';
import type { Narration } from './narration';

/** Ends the consent: secrets destroyed and the new state written first, told afterwards. */
export async function concludeConsent(consent: Narration, event: ConsentEvent): Promise<void> {
  const conclusion = { consentId: consent.input.consentId, state: consent.after(event) };
  await withFallback(
    () => prompt.concludeConsent(conclusion),
    () => persistent.concludeConsent(conclusion),
  );
  consent.tell(event);
}
