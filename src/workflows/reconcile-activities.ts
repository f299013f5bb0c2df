import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../activities/reconcile';
import { summarized } from './activities';

const SUMMARIES: Readonly<Record<keyof ReconcileActivities, string>> = {
  listErrands: 'which institutions have something to be done',
  keepSubscriptions: 'see that the bank still sends us notifications',
  pollNotifications: 'ask the bank for its notifications',
  reconcileInstitution: 'ask the bank how consents stand',
};

/**
 * Two minutes of asking, and the slowest answer of a bank that is refreshed first. Two attempts: a worker that dies is replaced,
 * and everything else has the next round, in a quarter of an hour.
 */
export const atBanks = summarized<ReconcileActivities>(SUMMARIES, (summary) =>
  proxyActivities<ReconcileActivities>({
    summary,
    startToCloseTimeout: '5m',
    heartbeatTimeout: '12s',
    // Nobody to run it: better that the round ends than that it holds up the next one.
    scheduleToStartTimeout: '5m',
    retry: { initialInterval: '5s', backoffCoefficient: 1, maximumAttempts: 2 },
  }),
);

/** Subscribing sends no heartbeat: a request or two for each type, each over in seconds. */
export const subscribing = summarized<ReconcileActivities>(SUMMARIES, (summary) =>
  proxyActivities<ReconcileActivities>({
    summary,
    startToCloseTimeout: '5m',
    scheduleToStartTimeout: '5m',
    retry: { maximumAttempts: 1 },
  }),
);

/** Our own database, away or not: without it there is nothing to do. */
export const inOurBooks = summarized<ReconcileActivities>(SUMMARIES, (summary) =>
  proxyActivities<ReconcileActivities>({
    summary,
    startToCloseTimeout: '30s',
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
  }),
);
