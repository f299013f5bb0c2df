import { condition } from '@temporalio/workflow';
import { DAY_MS } from '../domain/days';

/**
 * No single timer runs longer than this: a worker build that started a year-long sleep would have to be kept for a year, and a
 * newer build that waits to take over is noticed within a week at the latest.
 */
const LONGEST_SLEEP_MS = 7 * DAY_MS;

/** Waits for a condition until an instant in epoch milliseconds, or for one stretch of the way there. */
export async function conditionOrWake(holds: () => boolean, deadline: number, summary: string): Promise<void> {
  const left = deadline - Date.now();
  if (left > 0 && !holds()) await condition(holds, Math.min(left, LONGEST_SLEEP_MS), { summary });
}

/** Waits for a condition until an instant in epoch milliseconds. */
export async function conditionUntil(holds: () => boolean, deadline: number, summary: string): Promise<void> {
  while (deadline > Date.now() && !holds()) await conditionOrWake(holds, deadline, summary);
}
