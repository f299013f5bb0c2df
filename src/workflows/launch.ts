import { uuid4 } from '@temporalio/workflow';
import { hasEnded } from '../domain/consent';
import { FAILURES, type FailureCode } from '../domain/failures';
import { ID_PREFIX, type AuthorizationId } from '../domain/ids';
import { failureCodeOf, prompt, retryAfterSecondsOf } from './activities';
import type { LaunchOutcome, LaunchRequest } from './contract';
import { isExchanging, rememberTrip, type Life } from './life';
import { recordLostAuthorization } from './lost-authorization';

/** A bank that is away gets this long before the person is told to press Continue again. */
const DEFAULT_RETRY_AFTER_SECONDS = 5;

/** A person who presses Continue more often than this has a different problem. Bounds the history. */
const MAX_LAUNCHES = 20;

/**
 * Sends the person to the bank: fresh secrets, a pushed authorization request, the address to go to. Runs while the person's
 * browser waits, so it answers within seconds and never throws.
 */
export async function launchAuthorization(life: Life, request: LaunchRequest): Promise<LaunchOutcome> {
  // Not worth a place in the queue: an exchange may take a minute on a bad day.
  return refusalOf(life, request) ?? life.turns.take(async () => refusalOf(life, request) ?? pushToBank(life, request));
}

async function pushToBank(life: Life, request: LaunchRequest): Promise<LaunchOutcome> {
  const { consent, invitation } = life;
  life.launches += 1;
  const authorizationId = `${ID_PREFIX.authorization}_${uuid4().replaceAll('-', '')}` as AuthorizationId;
  const { consentId } = consent.input;
  try {
    const prepared = { type: 'authorization_prepared', authorizationId } as const;
    await prompt.prepareAuthorization({ consentId, authorizationId, ...request, state: consent.after(prepared) });
    rememberTrip(life, {
      authorizationId,
      ...(invitation && { invitationId: invitation.invitationId }),
      terms: invitation?.terms ?? consent.input.terms,
      isAnswered: false,
    });
    consent.tell(prepared);

    const pushed = { type: 'authorization_pushed', authorizationId } as const;
    const bank = await prompt.pushAuthorizationRequest({ consentId, authorizationId, state: consent.after(pushed) });
    consent.tell(pushed);
    return { kind: 'redirect', authorizationUrl: bank.authorizationUrl, expiresAt: bank.expiresAt };
  } catch (error) {
    return answerFailedLaunch(life, authorizationId, error);
  }
}

/** Why the person cannot be sent to the bank right now, if so. */
function refusalOf(
  { consent: { state }, invitation, launches }: Life,
  request: LaunchRequest,
): LaunchOutcome | undefined {
  const { status, failure } = state;
  if (hasEnded(status)) return { kind: 'ended', status, ...(failure && { failure }) };
  if (status === 'active' && (!invitation || invitation.invitationId !== request.invitationId))
    return { kind: 'closed' };
  if (isExchanging(state)) return { kind: 'busy' };
  if (launches >= MAX_LAUNCHES) return { kind: 'too_often' };
  return undefined;
}

/** Nothing certain happened and perhaps nothing can be written now; the consent stays as it was. */
const NOTHING_TO_RECORD: readonly FailureCode[] = ['store_unavailable', 'step_timed_out', 'internal_error'];

async function answerFailedLaunch(
  life: Life,
  authorizationId: AuthorizationId,
  error: unknown,
): Promise<LaunchOutcome> {
  const failure = failureCodeOf(error);
  if (NOTHING_TO_RECORD.includes(failure)) {
    return { kind: 'try_again', failure, retryAfterSeconds: DEFAULT_RETRY_AFTER_SECONDS };
  }
  await recordLostAuthorization(life, authorizationId, failure);
  if (FAILURES[failure].kind === 'unavailable') {
    return {
      kind: 'try_again',
      failure,
      retryAfterSeconds: retryAfterSecondsOf(error) ?? DEFAULT_RETRY_AFTER_SECONDS,
    };
  }
  return { kind: 'ended', status: life.consent.state.status, failure };
}
