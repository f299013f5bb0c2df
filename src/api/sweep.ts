import { listWithoutWorkflow, markWorkflowStarted } from '../store/consents';
import { framesOf } from '../stack-frames';
import { consentInputOf } from './consent-input';
import type { ApiDependencies } from './dependencies';

/** A start that takes longer than this was interrupted. */
const GRACE_MS = 30_000;
const EVERY_MS = 30_000;
const BATCH = 100;

/**
 * Starts the workflows of consents whose creation was cut off between the row and the workflow. Starting one that runs already
 * changes nothing, so any number of processes may sweep.
 */
export async function startMissingWorkflows({ database, engine, settings }: ApiDependencies): Promise<number> {
  const rows = await listWithoutWorkflow(database, new Date(Date.now() - GRACE_MS), BATCH);
  for (const row of rows) {
    await engine.start(consentInputOf(row, settings.durationPolicy), row.application_name);
    await markWorkflowStarted(database, row.id);
  }
  return rows.length;
}

/** Sweeps now and then until stopped. */
export function sweepRegularly(deps: ApiDependencies): { stop(): void } {
  const timer = setInterval(() => {
    startMissingWorkflows(deps).then(
      (started) => {
        if (started > 0) deps.log.warn({ started }, 'started workflows that a crash had left out');
      },
      (error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        deps.log.warn({ name, frames: framesOf(error) }, 'the sweep did not finish; it comes again');
      },
    );
  }, EVERY_MS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
    },
  };
}
