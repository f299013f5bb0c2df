import { setTimeout as delay } from 'node:timers/promises';
import { cancellationSignal } from '@temporalio/activity';
import { ConsentFailure, type FailureCode } from '../domain/failures';
import type { ConsentId, InstitutionId } from '../domain/ids';
import { currentProfile } from '../institutions/current-profile';
import { framesOf } from '../stack-frames';
import { isDatabaseAway } from '../store/database';
import {
  findOpenInstitution,
  noteChecked,
  noteFound,
  putOff,
  takeDueConsents,
  type DueConsent,
} from '../store/reconcile';
import type { ActivityDependencies } from './dependencies';
import type { reviewGrant } from './review-grant';
import { whileAlive } from './while-alive';

export interface ReconciledBatch {
  readonly checked: number;
  /** Not as recorded: their workflows are to be told. */
  readonly found: readonly ConsentId[];
  /** There may be more that are due. */
  readonly hasMore: boolean;
  /** Why it stopped early. */
  readonly failure?: FailureCode;
}

/** One call lasts about this long; the workflow calls again while there is more. */
const BATCH_MS = 2 * 60 * 1000;
/** What one call may hand to the workflow, which signals each of them. */
const MOST_FOUND = 200;
/** Taken at once: few, since what a worker that dies has taken waits for the end of its lease. */
const MOST_TAKEN = 20;
/** Longer than the slowest bank takes for all that was taken at once. What was found is looked at again after it, until it is taken in. */
const LEASE_SECONDS = 20 * 60;
/** A consent about which the bank would not answer. */
const PUT_OFF_SECONDS = 60 * 60;
/** A bank that does not answer this often in a row is left alone until the next round. */
const PATIENCE = 3;

/**
 * Asks the bank about the active consents whose look is due, the longest overdue first, at the rate that its profile allows.
 *
 * @returns what was found; with a failure when the bank was left alone before everything was asked
 */
export async function reconcileInstitution(
  deps: ActivityDependencies,
  id: InstitutionId,
  review: typeof reviewGrant,
): Promise<ReconciledBatch> {
  return whileAlive(async () => {
    const signal = cancellationSignal();
    const endsAt = Date.now() + BATCH_MS;
    const found: ConsentId[] = [];
    let checked = 0;
    let unanswered = 0;
    for (;;) {
      // Read each time: an operator who pauses it, or slows us down, is heard at once.
      const rhythm = await rhythmOf(deps, id);
      const due = rhythm ? await takeDueConsents(deps.database, id, { ...rhythm, leaseSeconds: LEASE_SECONDS }) : [];
      if (!rhythm || due.length === 0) return { checked, found, hasMore: false };
      for (const consent of due) {
        const startedAt = Date.now();
        const answer = await askAbout(deps, consent, rhythm.everyHours, review);
        if (answer.kind === 'answered') checked += 1;
        if (answer.kind === 'answered' && !answer.isAsRecorded) found.push(consent.consentId);
        unanswered = answer.kind === 'answered' ? 0 : unanswered + 1;
        if (answer.kind === 'failed' && unanswered === PATIENCE) {
          return { checked, found, hasMore: false, failure: answer.failure };
        }
        await pause(startedAt + 60_000 / rhythm.maxPerMinute - Date.now(), signal);
        // This worker is to stop: another one goes on, and what was taken is due again after its lease.
        if (signal.aborted) return { checked, found, hasMore: true };
      }
      if (Date.now() >= endsAt || found.length >= MOST_FOUND - MOST_TAKEN) return { checked, found, hasMore: true };
    }
  });
}

async function rhythmOf({ database }: ActivityDependencies, id: InstitutionId) {
  const institution = await findOpenInstitution(database, id);
  const profile = institution && currentProfile(institution.profile);
  if (!profile || profile.reconcile.everyHours === 0) return undefined;
  const { everyHours, maxPerMinute } = profile.reconcile;
  // About a quarter of a minute's worth.
  return { everyHours, maxPerMinute, limit: Math.min(MOST_TAKEN, Math.ceil(maxPerMinute / 4)) };
}

type Answer =
  | { readonly kind: 'answered'; readonly isAsRecorded: boolean }
  | { readonly kind: 'failed'; readonly failure: FailureCode };

async function askAbout(
  deps: ActivityDependencies,
  consent: DueConsent,
  everyHours: number,
  review: typeof reviewGrant,
): Promise<Answer> {
  const { database } = deps;
  try {
    const { verdict } = await review(deps, consent);
    const isAsRecorded = verdict === 'as_recorded';
    const note = isAsRecorded ? noteChecked : noteFound;
    await note(database, consent.consentId, everyHours);
    return { kind: 'answered', isAsRecorded };
  } catch (error) {
    // Without our database there is nothing to go on with; a bug that shows with one consent is not the business of the others.
    if (isDatabaseAway(error)) throw error;
    const failure = error instanceof ConsentFailure ? error.code : 'internal_error';
    if (failure === 'internal_error') {
      deps.report('reconcileInstitution', error instanceof Error ? error.name : 'unknown', framesOf(error));
    }
    await putOff(database, consent.consentId, PUT_OFF_SECONDS);
    return { kind: 'failed', failure };
  }
}

/** Ends at once when the signal comes. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
