import type { InvitationId } from '../domain/ids';
import type { InvitationOutcome } from '../domain/invitation';
import { sameTerms } from '../domain/terms';
import { writtenDown } from './activities';
import type { InvitationAnswer, OpenInvitation } from './contract';
import { isExchanging, type Life } from './life';

/** Opens a link for the person of an active consent. Only one is open at a time, so that two renewals at once are one. */
export async function openInvitation(life: Life, invitation: OpenInvitation): Promise<InvitationAnswer> {
  return life.turns.take(async () => {
    const { consent } = life;
    if (consent.state.status !== 'active') return { kind: 'not_active', status: consent.state.status };
    if (life.invitation) {
      const { invitationId, terms } = life.invitation;
      return { kind: 'open_already', invitationId, hasSameTerms: sameTerms(terms, invitation.terms) };
    }
    const event = { type: 'invited', invitationId: invitation.invitationId } as const;
    const opening = { consentId: consent.input.consentId, state: consent.after(event) };
    await writtenDown((steps) => steps.recordState(opening));
    life.invitation = invitation;
    life.launches = 0;
    consent.tell(event);
    return { kind: 'open', invitationId: invitation.invitationId };
  });
}

/** Takes the link back; what the consent has stays as it is. */
export async function closeInvitation(
  life: Life,
  invitationId: InvitationId,
  outcome: InvitationOutcome,
): Promise<'closed' | 'busy'> {
  if (life.invitation?.invitationId !== invitationId) return 'closed';
  // The bank has answered: what comes of it is a matter of seconds.
  if (isExchanging(life.consent.state)) return 'busy';
  return life.turns.take(async () => {
    if (life.invitation?.invitationId === invitationId) await close(life, outcome);
    return 'closed' as const;
  });
}

/** Nobody used the link in time. */
export async function lapseInvitation(life: Life): Promise<void> {
  await close(life, 'lapsed');
}

async function close(life: Life, outcome: InvitationOutcome): Promise<void> {
  const { consent, invitation } = life;
  if (!invitation) return;
  const event = { type: 'invitation_closed' } as const;
  const closing = {
    consentId: consent.input.consentId,
    state: consent.after(event),
    closes: { invitationId: invitation.invitationId, outcome },
  };
  await writtenDown((steps) => steps.recordState(closing));
  life.invitation = undefined;
  consent.tell(event);
}
