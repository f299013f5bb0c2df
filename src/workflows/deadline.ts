import { condition, sleep } from '@temporalio/workflow';

/**
 * No single timer runs longer than this: a worker build that started a year-long sleep would have to be kept for a year, and a
 * deadline that moved while we sleep is noticed within a week at the latest.
 */
const LONGEST_SLEEP_MS = 7 * 24 * 60 * 60 * 1000;

/** Sleeps until an instant in epoch milliseconds, in stretches. */
export async function sleepUntil(deadline: number, summary: string): Promise<void> {
  for (let left = deadline - Date.now(); left > 0; left = deadline - Date.now()) {
    await sleep(Math.min(left, LONGEST_SLEEP_MS), { summary });
  }
}

/** Waits for a condition until an instant in epoch milliseconds. */
export async function conditionUntil(holds: () => boolean, deadline: number, summary: string): Promise<void> {
  for (let left = deadline - Date.now(); left > 0 && !holds(); left = deadline - Date.now()) {
    await condition(holds, Math.min(left, LONGEST_SLEEP_MS), { summary });
  }
}
