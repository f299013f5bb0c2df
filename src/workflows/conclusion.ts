import { workflowInfo } from '@temporalio/workflow';
import type { ConsentEvent, ConsentState, ConsentStatus } from '../domain/consent';
import { BY_RULE, type EndingCause, type Revocation } from '../domain/ending';
import type { AuthorizationId } from '../domain/ids';
import { persistent, writtenDown } from './activities';
import { endGrants, type Life } from './life';

type EndingEvent = Extract<ConsentEvent, { type: 'abandoned' | 'expired' | 'revoked' }>;

/**
 * Ends the consent: it is written down, and from then on no token is used. Tokens that the bank has to be told of are kept, sealed,
 * until it has been told.
 *
 * @param revocation who wants it and why, for the bank; by the bank itself when it was the one
 */
export async function concludeConsent(life: Life, event: EndingEvent, revocation: Revocation): Promise<void> {
  const { consent } = life;
  const grants = await writeDown(life, consent.after(event), revocation);
  consent.tell(event);
  life.endedAt = Date.now();
  life.invitation = undefined;
  if (!life.livesOn) return;
  endGrants(life, grants, causeOf(event.type, revocation), revocation);
  if (grants.length > 0) consent.tell({ type: 'bank_ending', progress: 'pending' });
}

/**
 * A consent whose workflow was lost after its end: only the database knows which grants the bank has still to be told of. To be
 * called when a run begins; one that was handed over knows by itself.
 */
export async function takeUpEnd(life: Life): Promise<void> {
  const { consent } = life;
  const { state, input } = consent;
  if (!input.life || !consent.hasEnded || workflowInfo().continuedFromExecutionRunId !== undefined) return;
  const revocation = life.revocation ?? BY_RULE;
  const grants = await writeDown(life, state, revocation);
  endGrants(life, grants, causeOf(state.status, revocation), revocation);
  const progress = grants.length > 0 ? 'pending' : 'done';
  if (progress === (state.bankEnding ?? 'done')) return;
  const event = { type: 'bank_ending', progress } as const;
  await persistent.recordState({ consentId: input.consentId, state: consent.after(event) });
  consent.tell(event);
}

async function writeDown(life: Life, state: ConsentState, revocation: Revocation): Promise<readonly AuthorizationId[]> {
  const conclusion = {
    consentId: life.consent.input.consentId,
    state,
    ...(life.livesOn && { bankIsTold: true, revocation, purgeAfterDays: life.policy.personalDataRetentionDays }),
  };
  const concluded = await writtenDown((steps) => steps.concludeConsent(conclusion));
  // What a worker of an earlier version did had no result.
  return (concluded as typeof concluded | undefined)?.grantsToEnd ?? [];
}

/** A bank that ended its consent is not told what it told us. */
function causeOf(status: ConsentStatus, { initiator }: Revocation): EndingCause {
  if (initiator === 'DATA_PROVIDER') return 'ended_at_bank';
  return status === 'revoked' || status === 'expired' ? status : 'unused';
}
