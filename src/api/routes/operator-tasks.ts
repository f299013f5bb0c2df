import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { remark } from '../../operators/remark';
import { closeTask, operatorTaskView, retryTask } from '../../operators/tasks';
import { listOperatorTasks } from '../../store/operator-tasks';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import type { retriedTaskSchema, taskListSchema, taskSchema } from '../contract/schemas/operators';
import type { Sent } from '../contract/schemas/values';
import { listingQuerySchema, parseBody, parseQuery } from '../request-input';

/** More open ones than this are one cause, not so many tasks. */
const MAX_LISTED = 1_000;

/** `GET /v1/operator-tasks` (operator): the open ones, oldest first; `?all=true` for those that are closed too. */
export function readOperatorTasks({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { all } = parseQuery(listingQuerySchema, request);
    const tasks = await listOperatorTasks(database, { all: all === 'true', limit: MAX_LISTED });
    response.json({ tasks: tasks.map(operatorTaskView) } satisfies Sent<typeof taskListSchema>);
  };
}

/** `POST /v1/operator-tasks/{taskId}/retry` (operator): tries again now. */
export function retryOperatorTask(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { task, isTold } = await retryTask(deps, taskIdOf(request));
    response.json({ ...operatorTaskView(task), isRetried: isTold } satisfies Sent<typeof retriedTaskSchema>);
  };
}

export const taskClosingSchema = z.strictObject({ resolution: remark });

/** `POST /v1/operator-tasks/{taskId}/close` (operator): somebody has settled it with the bank. */
export function closeOperatorTask(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { resolution } = parseBody(taskClosingSchema, request);
    const { task } = await closeTask(deps, taskIdOf(request), resolution);
    response.json(operatorTaskView(task) satisfies Sent<typeof taskSchema>);
  };
}

function taskIdOf(request: Request): string {
  return parameterOf(request, 'taskId');
}
