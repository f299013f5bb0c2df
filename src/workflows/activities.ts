import {
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  proxyLocalActivities,
  TimeoutFailure,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import { FAILURES, isFailureCode, type FailureCode } from '../domain/failures';
import type { AuthorizationActivities } from '../activities/authorization';
import type { LifecycleActivities } from '../activities/lifecycle';

type Activities = AuthorizationActivities & LifecycleActivities;

/** One line for each step on the workflow's page in the Temporal UI. */
const SUMMARIES: Readonly<Record<keyof Activities, string>> = {
  prepareAuthorization: 'prepare PKCE, state, nonce and sender-constraint key',
  pushAuthorizationRequest: 'push the authorization request to the bank (PAR)',
  exchangeCode: 'exchange the code, at most once',
  readGrant: 'learn what the bank granted',
  proveDataAccess: 'show that the grant opens data (GET /accounts)',
  recordReceipt: 'sign and store the receipt',
  recordLostAuthorization: 'write down that this trip brought no grant',
  recordState: 'write down how the consent stands',
  giveNotice: 'give notice of the deadline ahead',
  concludeConsent: 'write down how the consent ended: from here on no token is used',
  endGrantAtBank: 'tell the bank that the grant is over, then destroy its tokens',
  openOperatorTask: 'ask an operator: the bank does not take it',
  reviewGrant: 'ask the bank how the grant stands',
  recordGrantChange: 'write down what the bank changed',
  purgeConsent: 'destroy personal data and the data key, and certify it',
};

/** The activities under one policy, each with its own summary. Proxies make a function for whatever name they are asked. */
export function summarized<Of>(
  summaries: Readonly<Record<keyof Of, string>>,
  proxyWith: (summary: string) => unknown,
): Of {
  const activities = Object.entries<string>(summaries).map(([name, summary]) => {
    const proxy = proxyWith(summary) as Record<string, unknown>;
    return [name, proxy[name]];
  });
  return Object.fromEntries(activities) as Of;
}

const locally = (options: LocalActivityOptions): Activities =>
  summarized(SUMMARIES, (summary) => proxyLocalActivities<Activities>({ ...options, summary }));
const durably = (options: ActivityOptions): Activities =>
  summarized(SUMMARIES, (summary) => proxyActivities<Activities>({ ...options, summary }));

/**
 * Steps a person waits for run as local activities: a round trip to the server for each would double the waiting. Policies
 * below; failures that a retry cannot help are marked non-retryable where they are thrown.
 */

/** Three quick tries: a hiccup is bridged, and a bank that is down is told to the person within seconds. */
export const prompt = locally({
  startToCloseTimeout: '12s',
  scheduleToCloseTimeout: '15s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumAttempts: 3 },
});

/**
 * The exchange itself happens at most once; what is tried again is reaching a bank that was certainly not reached, or our own
 * database. Longer than the slowest answer (10 s) and the time we take to put it away safely (45 s) together.
 */
export const exchange = locally({
  startToCloseTimeout: '65s',
  scheduleToCloseTimeout: '65s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '5s', maximumAttempts: 8 },
});

/** The bank's API may be down for minutes after it gave us tokens: worth waiting for, since it knows best what was granted. */
export const patient = durably({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '30m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
});

/** Writing down what happened must succeed, however long our database is away. */
export const persistent = durably({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/**
 * A bank is told of an end for days: soon again at first, since most outages are short, and a few times a day later on. The server
 * repeats it without an event in the history.
 */
export const telling = (patienceMs: number): Activities =>
  durably({
    startToCloseTimeout: '2m',
    scheduleToCloseTimeout: patienceMs,
    retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '6h' },
  });

/** Tries a step at once; when it failed in a way that passes, leaves the waiting to the server. */
export async function withFallback<Result>(
  atOnce: () => Promise<Result>,
  later: () => Promise<Result>,
  worthWaiting: (code: FailureCode) => boolean = mayPass,
): Promise<Result> {
  try {
    return await atOnce();
  } catch (error) {
    if (!worthWaiting(failureCodeOf(error))) throw error;
    return later();
  }
}

/** Writes down what happened: at once, since somebody may be waiting, and otherwise for as long as it takes. */
export function writtenDown<Result>(write: (activities: Activities) => Promise<Result>): Promise<Result> {
  return withFallback(
    () => write(prompt),
    () => write(persistent),
  );
}

/** The other side is away, or something of ours is broken that a new build may mend. */
function mayPass(code: FailureCode): boolean {
  return FAILURES[code].kind === 'unavailable' || code === 'internal_error';
}

/** The published code of a failed activity; a failure without one is a bug. */
export function failureCodeOf(error: unknown): FailureCode {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && isFailureCode(cause.type)) return cause.type;
  if (cause instanceof TimeoutFailure) return 'step_timed_out';
  return 'internal_error';
}

/** Seconds the other side asked us to wait, if it did. */
export function retryAfterSecondsOf(error: unknown): number | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const seconds: unknown = cause instanceof ApplicationFailure ? cause.details?.[0] : undefined;
  return typeof seconds === 'number' ? seconds : undefined;
}
