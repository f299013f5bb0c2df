import { allHandlersFinished, condition, makeContinueAsNewFunc, workflowInfo } from '@temporalio/workflow';
import type { ConsentInput, ConsentResult } from './contract';
import { lifeSoFar, type Life } from './life';

/** What goes on beside the consent's own course: nobody waits for it, and it may take days. */
export interface Errands {
  /** Stops them where they are. What was not finished is on the consent's lists still, for the next run. */
  stop(): Promise<void>;
}

/**
 * Hands over to a new run when this one's history is long enough, or a newer build of the workers is there: a run is pinned to the
 * build it began on, and a consent that sleeps for a year must not keep that build alive.
 */
export async function continueWhenLong(life: Life, errands: Errands): Promise<void> {
  if (!isTimeToContinue(life)) return;
  await errands.stop();
  // Whoever waits for an answer of this run gets it from this run.
  await condition(allHandlersFinished);
  // From here to the end nothing is awaited: a signal that comes now makes the server refuse, and this is done again with it.
  await handOver(life);
}

export function isTimeToContinue(life: Life): boolean {
  if (!life.livesOn) return false;
  const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return historyLength >= life.policy.eventsPerRun || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}

function handOver(life: Life): Promise<never> {
  const { consent } = life;
  const continueAsNew = makeContinueAsNewFunc<(input: ConsentInput) => Promise<ConsentResult>>({
    initialVersioningBehavior: 'AUTO_UPGRADE',
  });
  return continueAsNew({ ...consent.input, version: 2, policy: life.policy, life: lifeSoFar(life) });
}
