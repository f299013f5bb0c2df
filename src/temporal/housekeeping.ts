import type { Client } from '@temporalio/client';
import type { HousekeepingDoors } from '../activities/sweep';
import type { DurationPolicy } from '../domain/grant';
import type { Log } from '../log';
import { TASK_QUEUE, type LifePolicy } from '../workflows/contract';
import {
  HOUSEKEEPING_SCHEDULE,
  HOUSEKEEPING_WORKFLOW,
  HOUSEKEEPING_WORKFLOW_ID,
  type HousekeepingResult,
} from '../workflows/housekeeping-contract';
import { createConsentEngine } from './consent-engine';
import { consentInputOf } from './consent-input';
import { withinDeadline } from './within-deadline';
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
      if (stopped === undefined) log.info({ sweep, isComplete, counts }, 'housekeeping swept');
      else log.error({ sweep, counts }, `housekeeping stopped: ${stopped}`);
    },
  };
}

const START_DEADLINE_MS = 8_000;
/** Every sweep is bounded; all of them together take no longer. */
const WITHIN_MS = 3_600_000;

/**
 * Runs housekeeping now, or joins the run that is under way, and waits for its end.
 *
 * @throws {ConsentFailure} engine_unavailable
 */
export async function runHousekeeping(client: Client): Promise<HousekeepingResult> {
  const handle = await withinDeadline(client, START_DEADLINE_MS, () =>
    client.workflow.start(HOUSEKEEPING_WORKFLOW, {
      workflowId: HOUSEKEEPING_WORKFLOW_ID,
      taskQueue: TASK_QUEUE,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: HOUSEKEEPING_SCHEDULE.summary,
    }),
  );
  return withinDeadline(client, WITHIN_MS, () => handle.result() as Promise<HousekeepingResult>);
}
