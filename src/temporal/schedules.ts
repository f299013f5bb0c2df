import {
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleClient,
  type ScheduleOptions,
} from '@temporalio/client';
import type { KeyRing } from '../store/key-ring';
import { TASK_QUEUE } from '../workflows/contract';
import { HOUSEKEEPING_SCHEDULE } from '../workflows/housekeeping-contract';
import { RECONCILE_WORKFLOW, RECONCILE_WORKFLOW_ID } from '../workflows/reconcile-contract';
import { scheduleClientOf } from './connection';

/** What runs regularly. One list for all workers: each of them sees to it that the server has it. */
export const SCHEDULES: readonly ScheduleOptions[] = [
  {
    scheduleId: 'fdx-consent-reconcile',
    // Installations that share a bank do not come at the same minute.
    spec: { intervals: [{ every: '15m' }], jitter: '3m' },
    action: {
      type: 'startWorkflow',
      workflowType: RECONCILE_WORKFLOW,
      workflowId: RECONCILE_WORKFLOW_ID,
      taskQueue: TASK_QUEUE,
      args: [{ version: 1 }],
      // A round lasts minutes; one that no worker ends must not keep the next ones from beginning.
      workflowExecutionTimeout: '6h',
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // What is due is due in the next round as well: nothing is caught up with.
      catchupWindow: '1m',
    },
  },
  {
    scheduleId: HOUSEKEEPING_SCHEDULE.id,
    spec: { intervals: [{ every: `${HOUSEKEEPING_SCHEDULE.everySeconds}s` }], jitter: '5m' },
    action: {
      type: 'startWorkflow',
      workflowType: HOUSEKEEPING_SCHEDULE.workflowType,
      workflowId: HOUSEKEEPING_SCHEDULE.workflowId,
      taskQueue: TASK_QUEUE,
      args: [],
      workflowExecutionTimeout: '6h',
      staticSummary: HOUSEKEEPING_SCHEDULE.summary,
    },
    policies: { overlap: ScheduleOverlapPolicy[HOUSEKEEPING_SCHEDULE.overlap], catchupWindow: '1m' },
  },
];

/**
 * Makes the server have these schedules as they are here. Any number of workers may do so at once; one that an operator has paused
 * stays paused.
 */
export async function ensureSchedules(
  client: Client,
  payloadKeys: KeyRing,
  wanted: readonly ScheduleOptions[] = SCHEDULES,
): Promise<void> {
  const schedules = scheduleClientOf(client, payloadKeys);
  for (const schedule of wanted) {
    try {
      await schedules.create(schedule);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await update(schedules, schedule);
    }
  }
}

async function update(
  schedules: ScheduleClient,
  { scheduleId, spec, action, policies }: ScheduleOptions,
): Promise<void> {
  await schedules.getHandle(scheduleId).update((previous) => ({
    ...previous,
    spec,
    action: { ...action, workflowId: action.workflowId ?? scheduleId },
    policies: { ...previous.policies, ...policies },
  }));
}
