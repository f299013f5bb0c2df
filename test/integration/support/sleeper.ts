import {
  condition,
  defineQuery,
  defineSignal,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';

/** Begins something that must end on the build it began on, as a person does who goes to the bank. */
export const begin = defineSignal('begin');
export const finish = defineSignal('finish');
export const whereabouts = defineQuery<Whereabouts>('whereabouts');

export interface Whereabouts {
  /** undefined on an unversioned worker. */
  readonly buildId: string | undefined;
  /** How often it continued as new. */
  readonly generation: number;
  /** Workflow tasks of this run that found it busy. */
  readonly stepsWhileBusy: number;
}

export interface SleeperInput {
  readonly generation: number;
  readonly wakeEveryMs: number;
}

/**
 * What a consent does for a year, without the bank: it sleeps, wakes now and then or when something happens, and moves to a new
 * build between two runs, never within one.
 */
export async function Sleeper(input: SleeperInput): Promise<void> {
  const state = { busy: false, stepsWhileBusy: 0, happened: false };
  setHandler(begin, () => {
    state.busy = true;
    state.stepsWhileBusy += 1;
  });
  setHandler(finish, () => {
    state.busy = false;
    state.happened = true;
  });
  setHandler(whereabouts, () => {
    const { deploymentName = '', buildId } = workflowInfo().currentDeploymentVersion ?? {};
    const { stepsWhileBusy } = state;
    return { buildId: deploymentName === '' ? undefined : buildId, generation: input.generation, stepsWhileBusy };
  });
  for (;;) {
    await condition(() => state.happened, input.wakeEveryMs);
    state.happened = false;
    if (state.busy || !workflowInfo().targetWorkerDeploymentVersionChanged) continue;
    await makeContinueAsNewFunc<typeof Sleeper>({ initialVersioningBehavior: 'AUTO_UPGRADE' })({
      ...input,
      generation: input.generation + 1,
    });
  }
}
