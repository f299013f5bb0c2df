import type { Consent, PartyType } from './consent';

/**
 * What is told of a consent. FDX before 6.6 has no type for one that has run out, so that is an update like any other: it is the
 * grant that says EXPIRED.
 */
export const CONSENT_CHANGES = ['CONSENT_REVOKED', 'CONSENT_UPDATED'] as const;

export interface ConsentChange {
  type: (typeof CONSENT_CHANGES)[number];
  /** As it is now. */
  consent: Consent;
  initiator: PartyType;
}
