import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { ConsentFailure, NON_RETRYABLE_CODES, type FailureCode } from '../domain/failures';
import { framesOf } from '../stack-frames';
import { isDatabaseAway } from '../store/database';
import { openedFor, type Reason } from '../store/opening-log';
import { VaultError } from '../store/vault';

/** Where unexpected errors are told. Gets the error's name and stack frames, never its message: messages quote data. */
export type ReportBug = (activity: string, name: string, frames: string) => void;

type ActivityFunction = (...args: never[]) => Promise<unknown>;

/**
 * The only way an error leaves an activity: as an ApplicationFailure whose type is a published code and whose message is ours.
 * No `cause`: what a library attaches there ends in the workflow's history.
 */
export function guarded<Activities extends Record<keyof Activities, ActivityFunction>>(
  activities: Activities,
  report: ReportBug,
): Activities {
  const entries = Object.entries(activities as Record<string, ActivityFunction>).map(([name, activity]) => [
    name,
    (...args: never[]) =>
      openedFor(
        () => reasonOf(name),
        () => activity(...args),
      ).catch((error: unknown) => {
        throw applicationFailureOf(error, name, report);
      }),
  ]);
  return Object.fromEntries(entries) as Activities;
}

/** What an activity opens is written down with the workflow that it is a step of. */
function reasonOf(activity: string): Reason {
  const workflowId = infoOf()?.workflowExecution?.workflowId;
  return { openedBy: workflowId === undefined ? 'worker' : `workflow:${workflowId}`, reason: activity };
}

function applicationFailureOf(error: unknown, activity: string, report: ReportBug): ApplicationFailure {
  if (error instanceof ConsentFailure) return failureWith(error.code, error.message, error.retryAfterSeconds);
  if (isDatabaseAway(error)) return failureWith('store_unavailable', new ConsentFailure('store_unavailable').message);
  const name = error instanceof Error ? error.name : typeof error;
  // The vault's messages are written by us, hold nothing of what is sealed, and say what an operator has to do.
  report(activity, error instanceof VaultError ? `${name}: ${error.message}` : name, framesOf(error));
  return failureWith('internal_error', `${name} in ${activity}`);
}

function failureWith(code: FailureCode, message: string, retryAfterSeconds?: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: code,
    message,
    // A local activity cannot wait long; the workflow leaves the waiting to an ordinary one, or to the person.
    nonRetryable: NON_RETRYABLE_CODES.includes(code) || (retryAfterSeconds !== undefined && isLocal()),
    ...(retryAfterSeconds !== undefined && {
      details: [retryAfterSeconds],
      // The other side said when; trying earlier would only be refused again.
      nextRetryDelay: `${retryAfterSeconds}s`,
    }),
  });
}

function isLocal(): boolean {
  return infoOf()?.isLocal === true;
}

function infoOf() {
  try {
    return activityInfo();
  } catch {
    // Called outside a worker, by a unit test.
    return undefined;
  }
}
