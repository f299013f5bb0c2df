import { ScheduleOverlapPolicy } from '@temporalio/client';
import { until } from './until';
import type { YearStack } from './year-stack';

const SCHEDULE = 'fdx-consent-reconcile';

/** Starts the round over all banks that otherwise comes every quarter of an hour, and waits until it is over. */
export async function makeRound({ temporal }: YearStack): Promise<void> {
  const schedule = temporal.schedule.getHandle(SCHEDULE);
  const { numActionsTaken: before } = (await schedule.describe()).info;
  // One that began by itself a moment ago may be past what this one is to find.
  await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  const round = await until('a round over the banks', async () => {
    const { numActionsTaken, recentActions } = (await schedule.describe()).info;
    return numActionsTaken > before && recentActions.at(-1)?.action;
  });
  await temporal.workflow.getHandle(round.workflow.workflowId, round.workflow.firstExecutionRunId).result();
}

/** @returns what the bank will tell us of */
export async function subscribeToBank(year: YearStack): Promise<string[]> {
  await makeRound(year);
  const subscriptions = await year.bank.subscriptions();
  if (subscriptions.length === 0) throw new Error('the bank has no subscription of ours');
  return subscriptions.map(({ type }) => type).sort();
}
