import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { remark } from '../../operators/remark';
import { closeTask, operatorTaskView, retryTask } from '../../operators/tasks';
import { listOperatorTasks } from '../../store/operator-tasks';
import { parameterOf } from '../authentication';
import type { ApiDependencies } from '../dependencies';
import { parseBody } from '../operator-input';

/** More open ones than this are one cause, not so many tasks. */
const MAX_LISTED = 1_000;

/** `GET /v1/operator-tasks` (operator): the open ones, oldest first; `?all=true` for those that are closed too. */
export function readOperatorTasks({ database }: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const tasks = await listOperatorTasks(database, { all: request.query['all'] === 'true', limit: MAX_LISTED });
    response.json({ tasks: tasks.map(operatorTaskView) });
  };
}

/** `POST /v1/operator-tasks/{taskId}/retry` (operator): tries again now. */
export function retryOperatorTask(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { task, isTold } = await retryTask(deps, taskIdOf(request));
    response.json({ ...operatorTaskView(task), isRetried: isTold });
  };
}

const closeSchema = z.strictObject({ resolution: remark });

/** `POST /v1/operator-tasks/{taskId}/close` (operator): somebody has settled it with the bank. */
export function closeOperatorTask(deps: ApiDependencies): RequestHandler {
  return async (request, response) => {
    const { resolution } = parseBody(closeSchema, request);
    const { task } = await closeTask(deps, taskIdOf(request), resolution);
    response.json(operatorTaskView(task));
  };
}

function taskIdOf(request: Request): string {
  return parameterOf(request, 'taskId');
}
