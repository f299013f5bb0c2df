import { hasEnded, transition, type ConsentState, type ConsentStatus } from './consent';

/**
 * What a consent's row should say when its workflow has completed and the row lags behind.
 *
 * @returns undefined when the two contradict each other: the consent may be alive, and is continued rather than dropped
 */
export function endedAsCompleted(state: ConsentState, completedAs: ConsentStatus): ConsentState | undefined {
  if (hasEnded(state.status)) return undefined;
  if (state.status === 'active') return endOfActive(state, completedAs);
  switch (completedAs) {
    case 'denied':
    case 'abandoned':
    case 'revoked':
      return transition(state, { type: completedAs });
    case 'failed':
      // Why is in the workflow's history, which may be gone.
      return transition(state, { type: 'failed', failure: 'internal_error' });
    case 'expired':
      // It was active between, which the row never heard of.
      return { status: 'expired', nextAction: 'none', stage: 'none', failure: 'consent_expired' };
    case 'requested':
    case 'authorizing':
    case 'active':
      return undefined;
  }
}

/** A consent with a grant ends in two ways only; whatever else its workflow said was of an earlier life. */
function endOfActive(state: ConsentState, completedAs: ConsentStatus): ConsentState | undefined {
  return completedAs === 'expired' || completedAs === 'revoked' ? transition(state, { type: completedAs }) : undefined;
}

/** A handful is no sign of anything, whatever share it is. */
const UNSUSPICIOUS_ORPHANS = 20;
const UNSUSPICIOUS_SHARE = 0.2;

/**
 * So many workflows without a row that the database is likelier to be the wrong one, or one restored from an old backup, than the
 * workflows are: then nothing is ended.
 */
export function looksLikeAnotherDatabase({ listed, orphans }: { listed: number; orphans: number }): boolean {
  return orphans > UNSUSPICIOUS_ORPHANS && orphans > listed * UNSUSPICIOUS_SHARE;
}
