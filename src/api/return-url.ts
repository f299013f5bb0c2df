import type { ConsentStatus } from '../domain/consent';
import type { ConsentId } from '../domain/ids';

/** Where the application wants the person back, with what it needs to look up the rest. Nothing in it is secret or personal. */
export function returnUrlOf(
  returnUrl: string,
  consentId: ConsentId,
  outcome: { readonly status: ConsentStatus; readonly authorization?: 'granted' | 'declined' | 'failed' },
): string {
  const url = new URL(returnUrl);
  url.searchParams.set('consentId', consentId);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  return url.href;
}
