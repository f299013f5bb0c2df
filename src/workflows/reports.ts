import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { GrantReview } from '../activities/review-grant';
import { differenceOf, expirationOf, narrowedTo } from '../domain/grant';
import type { AuthorizationId } from '../domain/ids';
import { failureCodeOf, patient, persistent } from './activities';
import { concludeConsent } from './conclusion';
import type { BankReport } from './contract';
import { loseGrant } from './due';
import { expressesDoubt, type Life } from './life';

/** Looks into what is reported of the grant in use. Never returns: the run ends it. */
export async function attendReports(life: Life): Promise<never> {
  for (;;) {
    await condition(() => life.reports.length > 0 && life.consent.state.status === 'active' && life.livesOn);
    // What comes from here on is another question: it may be about what happens while this one is asked.
    const reports = life.reports.splice(0);
    const { grantedBy } = life.consent.state;
    // What is said of a grant that is no longer used says nothing of the consent.
    const isAboutUs = reports.some(({ authorizationId }) => (authorizationId ?? grantedBy) === grantedBy);
    if (grantedBy === undefined || !isAboutUs) continue;
    // The bank is asked outside of anybody's turn: a person who wants to go there does not wait for this.
    const review = await ask(life, grantedBy, reports);
    // To the end, even when this run is about to hand over.
    const isRevoked = review?.verdict === 'lost' && reports.some(({ says }) => says === 'revoked');
    const verdict: GrantReview | undefined = isRevoked ? REVOKED : review;
    if (verdict) await CancellationScope.nonCancellable(() => life.turns.take(() => believe(life, grantedBy, verdict)));
  }
}

/** A bank that says so, and shows the consent only to the person's token: that it refuses the token is its own confirmation. */
const REVOKED: GrantReview = { verdict: 'revoked', reason: 'USER_ACTION' };

/** @returns undefined when the bank cannot be asked: the next report or reconcile sweep tries again */
async function ask(
  life: Life,
  authorizationId: AuthorizationId,
  about: readonly BankReport[],
): Promise<GrantReview | undefined> {
  const { consent } = life;
  try {
    const isInDoubt = about.some(expressesDoubt);
    return await patient.reviewGrant({
      consentId: consent.input.consentId,
      authorizationId,
      ...(isInDoubt && { isInDoubt }),
    });
  } catch (error) {
    if (isCancellation(error)) {
      // The next run asks.
      life.reports.unshift(...about);
      throw error;
    }
    consent.remark(`a report about the grant could not be looked into: ${failureCodeOf(error)}`);
    return undefined;
  }
}

/** What the bank itself says is believed, unless a newer grant has come meanwhile. */
async function believe(life: Life, authorizationId: AuthorizationId, review: GrantReview): Promise<void> {
  const { consent } = life;
  if (consent.state.status !== 'active' || consent.state.grantedBy !== authorizationId) return;
  switch (review.verdict) {
    case 'as_recorded':
      return;
    case 'revoked':
      return concludeConsent(life, { type: 'revoked' }, { initiator: 'DATA_PROVIDER', reason: review.reason });
    case 'expired':
      return concludeConsent(life, { type: 'expired' }, { initiator: 'DATA_PROVIDER', reason: 'BUSINESS_RULE' });
    case 'lost':
      return consent.state.isGrantLost === true ? undefined : loseGrant(life);
    case 'changed':
      return adopt(life, authorizationId, review);
  }
}

/** The bank changed what it granted. Less is used from now on; more than was agreed to is not. */
async function adopt(
  life: Life,
  authorizationId: AuthorizationId,
  { granted, grantedAt }: Extract<GrantReview, { verdict: 'changed' }>,
): Promise<void> {
  const { consent, terms, policy } = life;
  const used = narrowedTo(terms, granted);
  const difference = differenceOf(terms, used);
  const expiresAt = expirationOf(terms, used, grantedAt, policy);
  const { grantExpiresAt } = consent.state;
  const event = { type: 'redated', expiresAt, ...(grantExpiresAt !== undefined && { grantExpiresAt }) } as const;
  const isRedated = expiresAt !== consent.state.expiresAt;
  await persistent.recordGrantChange({
    consentId: consent.input.consentId,
    authorizationId,
    granted: used,
    difference,
    state: isRedated ? consent.after(event) : consent.state,
  });
  consent.tellGrant(used, difference);
  if (!isRedated) return;
  consent.tell(event);
  life.deadlineKnownSince = Date.now();
}
