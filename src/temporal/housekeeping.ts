import type { Client } from '@temporalio/client';
import type { HousekeepingDoors } from '../activities/sweep';
import { ConsentFailure } from '../domain/failures';
import type { DurationPolicy } from '../domain/grant';
import type { Log } from '../log';
import { TASK_QUEUE, type LifePolicy } from '../workflows/contract';
import {
  HOUSEKEEPING_SCHEDULE,
  HOUSEKEEPING_WORKFLOW,
  HOUSEKEEPING_WORKFLOW_ID,
  type HousekeepingResult,
} from '../workflows/housekeeping-contract';
import { createConsentEngine, isAway } from './consent-engine';
import { consentInputOf } from './consent-input';
import { createWorkflowCensus } from './workflow-census';

/** What the sweeps of a worker use beside the database. */
export function createHousekeepingDoors(
  client: Client,
  policy: DurationPolicy & LifePolicy,
  log: Pick<Log, 'info' | 'error'>,
): HousekeepingDoors {
  const engine = createConsentEngine(client);
  return {
    census: createWorkflowCensus(client),
    startAgain: (row, options) => engine.start(consentInputOf(row, policy), row.application_name, options),
    tell: (sweep, { counts, isComplete, stopped }) => {
      if (stopped === undefined) log.info({ sweep, isComplete, ...counts }, 'housekeeping swept');
      else log.error({ sweep, ...counts }, `housekeeping stopped: ${stopped}`);
    },
  };
}

const START_DEADLINE_MS = 8_000;

/**
 * Runs housekeeping now, or joins the run that is under way, and waits for its end.
 *
 * @throws {ConsentFailure} engine_unavailable
 */
export async function runHousekeeping(client: Client): Promise<HousekeepingResult> {
  try {
    const handle = await client.withDeadline(Date.now() + START_DEADLINE_MS, () =>
      client.workflow.start(HOUSEKEEPING_WORKFLOW, {
        workflowId: HOUSEKEEPING_WORKFLOW_ID,
        taskQueue: TASK_QUEUE,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: HOUSEKEEPING_SCHEDULE.summary,
      }),
    );
    return (await handle.result()) as HousekeepingResult;
  } catch (error) {
    throw isAway(error) ? new ConsentFailure('engine_unavailable') : error;
  }
}
