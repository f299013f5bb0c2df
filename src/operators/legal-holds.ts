import type { LegalHold } from '../store/legal-holds';

/** A legal hold as operators see it. */
export function legalHoldView(hold: LegalHold) {
  return {
    id: hold.id,
    consentId: hold.consent_id,
    reason: hold.reason,
    placedBy: hold.placed_by,
    placedAt: hold.placed_at.toISOString(),
    ...(hold.released_at && { releasedAt: hold.released_at.toISOString() }),
    ...(hold.released_by !== null && { releasedBy: hold.released_by }),
  };
}
