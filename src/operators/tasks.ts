import { ConsentFailure, FAILURES } from '../domain/failures';
import type { Database } from '../store/database';
import { closeOperatorTask, findOperatorTask, type OperatorTask } from '../store/operator-tasks';
import type { ConsentEngine } from '../temporal/consent-engine';

interface Parts {
  readonly database: Database;
  readonly engine: Pick<ConsentEngine, 'retryEnding'>;
}

/** A task, and whether a workflow was there to be told. */
export interface HandledTask {
  readonly task: OperatorTask;
  readonly isTold: boolean;
}

/**
 * Has the machine try again now. A task that is closed has nothing left to try.
 *
 * @throws {ConsentFailure} operator_task_not_found; engine_unavailable
 */
export async function retryTask({ database, engine }: Parts, id: string): Promise<HandledTask> {
  const task = await requireTask(database, id);
  return { task, isTold: task.closed_at === null && (await tell(engine, task)) };
}

/**
 * Closes a task that somebody has settled with the bank. The consent is woken, finds the settlement, and asks the bank no more.
 * Repeating it wakes the consent once more, in case the first attempt died in between.
 *
 * @throws {ConsentFailure} operator_task_not_found; engine_unavailable, when the task is closed and the consent not woken
 */
export async function closeTask({ database, engine }: Parts, id: string, resolution: string): Promise<HandledTask> {
  await closeOperatorTask(database, { id }, resolution);
  const task = await requireTask(database, id);
  return { task, isTold: await tell(engine, task) };
}

export function operatorTaskView(task: OperatorTask) {
  return {
    id: task.id,
    kind: task.kind,
    ...(task.consent_id !== null && { consentId: task.consent_id }),
    ...(task.authorization_id !== null && { authorizationId: task.authorization_id }),
    ...(task.institution_id !== null && { institutionId: task.institution_id }),
    ...(task.failure !== null && {
      failure: { code: task.failure, title: FAILURES[task.failure].title, fix: FAILURES[task.failure].fix },
    }),
    openedAt: task.opened_at.toISOString(),
    ...(task.closed_at && { closedAt: task.closed_at.toISOString() }),
    ...(task.resolution !== null && { resolution: task.resolution }),
  };
}

async function requireTask(database: Database, id: string): Promise<OperatorTask> {
  const task = await findOperatorTask(database, id);
  if (!task) throw new ConsentFailure('operator_task_not_found');
  return task;
}

async function tell(engine: Parts['engine'], { consent_id: consentId }: OperatorTask): Promise<boolean> {
  return consentId !== null && (await engine.retryEnding(consentId));
}
