import { eventOfFailure } from '../domain/consent';
import { BY_RULE } from '../domain/ending';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import type { InvitationOutcome } from '../domain/invitation';
import { writtenDown } from './activities';
import { endGrants, type Life } from './life';

/**
 * Writes down that a trip to the bank ended without a grant that is used, and what that means for the consent: before the first
 * grant it may be its end; an active one goes on as it was.
 */
export async function recordLostAuthorization(
  life: Life,
  authorizationId: AuthorizationId,
  failure: FailureCode,
): Promise<void> {
  const { consent, invitation } = life;
  const event = eventOfFailure(failure);
  const state = consent.after(event);
  // The link stays good for another try where one may help.
  const isOver = invitation !== undefined && state.invitationId === undefined;
  const record = {
    consentId: consent.input.consentId,
    authorizationId,
    failure,
    state,
    ...(isOver && { closes: { invitationId: invitation.invitationId, outcome: outcomeOf(failure) } }),
    ...(life.livesOn && { bankIsTold: true, purgeAfterDays: life.policy.personalDataRetentionDays }),
  };
  const recorded = await writtenDown((steps) => steps.recordLostAuthorization(record));
  if (isOver) life.invitation = undefined;
  consent.tell(event);
  if (consent.hasEnded) life.endedAt = Date.now();
  if (!life.livesOn) return;
  // What a worker of an earlier version did had no result.
  const grants = (recorded as typeof recorded | undefined)?.grantsToEnd ?? [];
  endGrants(life, grants, 'unused', BY_RULE);
  if (grants.length > 0 && consent.hasEnded) consent.tell({ type: 'bank_ending', progress: 'pending' });
}

function outcomeOf(failure: FailureCode): InvitationOutcome {
  return failure === 'consent_denied' ? 'declined' : 'failed';
}
