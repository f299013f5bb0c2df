import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { hasEnded } from '../domain/consent';
import { DAY_MS } from '../domain/days';
import type { FailureCode } from '../domain/failures';
import type { AuthorizationId } from '../domain/ids';
import { failureCodeOf, persistent, telling } from './activities';
import type { GrantEnding } from './contract';
import { conditionUntil } from './deadline';
import type { Life } from './life';

const HOUR_MS = 60 * 60 * 1000;
/** A bank that refuses is not hurried: what it objects to takes people to mend. */
const FIRST_PAUSE_MS = HOUR_MS;
const LONGEST_PAUSE_MS = DAY_MS;
/** What one request may take, with a second try. */
const SHORTEST_ATTEMPT_MS = 3 * 60 * 1000;

/** Tells the bank of every grant that is over. Never returns: the run ends it. */
export async function attendEndings(life: Life): Promise<never> {
  const underWay = new Map<AuthorizationId, Promise<void>>();
  const next = () => life.endings.find(({ authorizationId }) => !underWay.has(authorizationId));
  try {
    for (;;) {
      await condition(() => life.livesOn && next() !== undefined);
      const id = next()?.authorizationId;
      if (id === undefined) continue;
      // One that was given up may come on the list again.
      const ending = seeToTheEnd(life, id).finally(() => underWay.delete(id));
      // Side by side: one that the bank does not take holds up no other.
      underWay.set(id, ending);
    }
  } finally {
    await Promise.allSettled(underWay.values());
  }
}

async function seeToTheEnd(life: Life, authorizationId: AuthorizationId): Promise<void> {
  try {
    await endGrant(life, authorizationId);
  } catch (error) {
    // It stands on the list, and the next run goes on with it.
    if (isCancellation(error)) return;
    throw error;
  }
  life.endings = life.endings.filter((ending) => ending.authorizationId !== authorizationId);
  await CancellationScope.nonCancellable(() => concludeEndings(life));
}

/** Again and again, for days; then an operator is asked, and the wish of one starts it anew. Nothing is silently given up. */
async function endGrant(life: Life, authorizationId: AuthorizationId): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const ending = life.endings.find((each) => each.authorizationId === authorizationId);
    if (!ending) return;
    const retries = life.retries;
    const isAskedAgain = () => life.retries !== retries;
    const giveUpAt = ending.since + life.policy.revocationPatienceDays * DAY_MS;

    if (ending.needsOperator === true) {
      if (!(await isTakenUpAgain(life, ending))) return;
      continue;
    }
    const outcome = await attempt(life, ending, giveUpAt, isAskedAgain);
    if (outcome === 'ended') return;
    if (outcome === 'asked_again') continue;
    // A pause that an operator ordered is no fault of the bank.
    if (outcome !== 'institution_paused' && Date.now() >= giveUpAt) {
      await CancellationScope.nonCancellable(() => askOperator(life, ending, outcome, isAskedAgain));
    } else await conditionUntil(isAskedAgain, Date.now() + pauseMs, 'until the bank is told again');
  }
}

/** One activity that the server repeats as long as the bank is away. */
async function attempt(
  { consent }: Life,
  ending: GrantEnding,
  giveUpAt: number,
  isAskedAgain: () => boolean,
): Promise<'ended' | 'asked_again' | FailureCode> {
  const patienceMs = Math.max(giveUpAt - Date.now(), SHORTEST_ATTEMPT_MS);
  const { authorizationId, cause, revocation } = ending;
  const { consentId } = consent.input;
  const { grantedBy, status } = consent.state;
  const scope = new CancellationScope();
  const running = scope.run(() =>
    telling(patienceMs).endGrantAtBank({
      consentId,
      authorizationId,
      cause,
      revocation,
      // Some banks keep one consent through a renewal: the grant in use is not ended with the one before it.
      ...(grantedBy !== undefined && status === 'active' && { inUse: grantedBy }),
    }),
  );
  const outcome = running.then(
    () => 'ended' as const,
    (error: unknown) => {
      if (isCancellation(error)) throw error;
      return failureCodeOf(error);
    },
  );
  const first = await Promise.race([outcome, condition(isAskedAgain).then(() => 'asked_again' as const)]);
  if (first !== 'asked_again') return first;
  scope.cancel();
  await outcome.catch(() => undefined);
  return first;
}

async function askOperator(
  life: Life,
  ending: GrantEnding,
  failure: FailureCode,
  isAskedAgain: () => boolean,
): Promise<void> {
  const { consent } = life;
  const { consentId } = consent.input;
  const { authorizationId } = ending;
  const event = { type: 'bank_ending', progress: 'needs_operator' } as const;
  const stateIfEnded = () => (hasEnded(consent.state.status) ? consent.after(event) : undefined);
  const state = stateIfEnded();
  await persistent.openOperatorTask({ consentId, authorizationId, failure, ...(state && { state }) });
  // One was faster than our question.
  if (isAskedAgain()) return;
  life.endings = life.endings.map((each) =>
    each.authorizationId === authorizationId ? { ...each, needsOperator: true } : each,
  );
  // The consent may have ended in the meantime.
  const stateNow = stateIfEnded();
  if (!state && stateNow) await persistent.recordState({ consentId, state: stateNow });
  if (stateNow) consent.tell(event);
}

/**
 * Waits for an operator, or for another reason to tell the bank of this grant. An ended consent does so until its tokens are
 * destroyed; one that lives on has newer grants, and what this one opened is over by itself some day.
 */
async function isTakenUpAgain(life: Life, { authorizationId, since }: GrantEnding): Promise<boolean> {
  const { consent, policy } = life;
  const isTakenUp = () =>
    life.endings.some((each) => each.authorizationId === authorizationId && each.needsOperator !== true);
  const overAt = hasEnded(consent.state.status) ? Infinity : since + policy.maxDurationDays * DAY_MS;
  await conditionUntil(isTakenUp, overAt, 'until an operator has the bank told');
  if (!isTakenUp()) consent.remark('a grant that the bank was never told the end of is over by its own time');
  return isTakenUp();
}

/** Once the bank of a consent that has ended was told of everything, it is written down. */
async function concludeEndings(life: Life): Promise<void> {
  const { consent, endings } = life;
  const { status, bankEnding } = consent.state;
  if (endings.length > 0 || !hasEnded(status) || bankEnding === undefined || bankEnding === 'done') return;
  const event = { type: 'bank_ending', progress: 'done' } as const;
  await persistent.recordState({ consentId: consent.input.consentId, state: consent.after(event) });
  consent.tell(event);
}
