import type { AuthorizationDetail } from 'oidc-provider';
import type { BankBehaviour } from '../behaviour';
import { OLDER_DURATION_TYPES } from './consent';

const older = new Map<unknown, string>(Object.entries(OLDER_DURATION_TYPES));

/** Details as granted, in the words this bank has for durations: it says the same in a token response as at its consent API. */
export function spellDetails(
  details: AuthorizationDetail[] | undefined,
  { durationTypes }: Pick<BankBehaviour, 'durationTypes'>,
): AuthorizationDetail[] | undefined {
  if (durationTypes === 'fdx6') return details;
  return details?.map((detail) => {
    const request = detail['consentRequest'] as { durationType?: string };
    return { ...detail, consentRequest: { ...request, durationType: older.get(request.durationType) } };
  });
}
