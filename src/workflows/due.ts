import { awaitsAuthorization, deadlineOf, hasEnded } from '../domain/consent';
import { DAY_MS } from '../domain/days';
import { BY_RULE } from '../domain/ending';
import { dueNotice, nextNoticeAt, type NoticePlan } from '../domain/notice';
import { writtenDown } from './activities';
import { settleAnswer } from './answer';
import { concludeConsent } from './conclusion';
import { isTimeToContinue } from './continuation';
import { lapseInvitation } from './invitation';
import { awaken, type Life } from './life';
import { hasMail } from './mail';

export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What is waited for, as the Temporal UI shows it. */
  readonly until: string;
}

/** When the consent must wake by itself at the latest, and why. */
export function nextMoment(life: Life): Moment {
  const { state, input } = life.consent;
  if (awaitsAuthorization(state.status)) {
    return { at: input.authorizeBy, until: 'until the person must have authorized' };
  }
  const end = { at: state.expiresAt ?? 0, until: 'until the consent expires' };
  if (!life.livesOn) return end;
  const notice = nextNoticeAt(noticePlanOf(life));
  const moments: Moment[] = [end];
  if (notice !== undefined) moments.push({ at: notice, until: 'until the next notice is due' });
  if (state.grantExpiresAt !== undefined && state.isGrantLost !== true) {
    moments.push({ at: state.grantExpiresAt, until: 'until the bank wants to see the person again' });
  }
  if (life.invitation) moments.push({ at: life.invitation.authorizeBy, until: 'until the link lapses' });
  return moments.reduce((earliest, moment) => (moment.at < earliest.at ? moment : earliest));
}

/** Something came in, ended the consent, moved what is due, or there is another run to hand over to. */
export function hasReasonToWake(life: Life, next: Moment): boolean {
  const joinsIn = !life.livesOn && awaken(life);
  return (
    joinsIn ||
    hasMail(life) ||
    hasEnded(life.consent.state.status) ||
    nextMoment(life).at !== next.at ||
    isTimeToContinue(life)
  );
}

/** Attends to one thing: what came in first, then what is due. */
export async function attend(life: Life): Promise<void> {
  const { consent } = life;
  const isActive = () => consent.state.status === 'active';
  if (!isActive() && !awaitsAuthorization(consent.state.status)) return;
  const { livesOn, revocation } = life;
  if (livesOn && revocation) return concludeConsent(life, { type: 'revoked' }, revocation);

  const answer = livesOn || !isActive() ? life.answers.shift() : undefined;
  if (answer) return settleAnswer(life, answer);
  if (!isActive()) {
    const isLate = Date.now() >= consent.input.authorizeBy;
    return isLate ? concludeConsent(life, { type: 'abandoned' }, BY_RULE) : undefined;
  }
  return attendActive(life);
}

async function attendActive(life: Life): Promise<void> {
  const { consent } = life;
  const { expiresAt = 0, grantExpiresAt, isGrantLost } = consent.state;
  if (Date.now() >= expiresAt) return concludeConsent(life, { type: 'expired' }, BY_RULE);
  if (!life.livesOn) return;
  const isSpent = life.isUsedUp && life.terms.durationType === 'ONE_TIME';
  life.isUsedUp = false;
  if (isSpent) return concludeConsent(life, { type: 'expired' }, BY_RULE);
  if (grantExpiresAt !== undefined && isGrantLost !== true && Date.now() >= grantExpiresAt) return loseGrant(life);
  if (life.invitation && Date.now() >= life.invitation.authorizeBy) return lapseInvitation(life);
  await giveNotice(life);
}

/** The bank no longer honours the grant: no data until the person authorizes again. */
export async function loseGrant(life: Life): Promise<void> {
  const { consent } = life;
  const { state } = consent;
  const event = { type: 'grant_lost' } as const;
  const loss = { consentId: consent.input.consentId, state: consent.after(event) };
  await writtenDown((steps) => steps.recordState(loss));
  consent.tell(event);
  // From now on it is the consent's own end that lies ahead.
  if (deadlineOf(consent.state) !== deadlineOf(state)) life.deadlineKnownSince = Date.now();
}

async function giveNotice(life: Life): Promise<void> {
  const { consent } = life;
  const plan = noticePlanOf(life);
  const asked = life.isReminded ? wholeDaysUntil(plan.deadline) : undefined;
  life.isReminded = false;
  const days = dueNotice(plan, Date.now()) ?? asked;
  if (days === undefined) return;
  const event = { type: 'noticed', days } as const;
  const notice = { consentId: consent.input.consentId, deadline: plan.deadline, days, state: consent.after(event) };
  await writtenDown((steps) => steps.giveNotice(notice));
  consent.tell(event);
}

function noticePlanOf({ consent: { state }, policy, deadlineKnownSince }: Life): NoticePlan {
  const deadline = deadlineOf(state) ?? 0;
  return { deadline, knownSince: deadlineKnownSince, days: policy.noticeDays, given: state.noticeDays };
}

function wholeDaysUntil(instant: number): number {
  return Math.max(1, Math.ceil((instant - Date.now()) / DAY_MS));
}
