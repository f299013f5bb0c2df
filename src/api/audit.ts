import type { Request, RequestHandler } from 'express';
import { auditSubject } from '../operators/audit-subject';
import { beginAction, finishAction } from '../store/operator-actions';
import { operatorKeyOf } from './authentication';
import type { ApiDependencies } from './dependencies';
import { failureOf } from './problem';

/**
 * Writes down what an operator's request does, before it is done and after. A request that cannot be written down is refused: the
 * handler never runs. Stands behind the door of operators.
 *
 * @param action in the words of the command line, so that one question finds both
 * @param about what the request is about, where its path and options do not say it; must not fail, whatever was sent
 */
export function audited(
  { database, log }: Pick<ApiDependencies, 'database' | 'log'>,
  action: string,
  handler: RequestHandler,
  about: (request: Request) => Record<string, unknown> = pathAndOptions,
): RequestHandler {
  return async (request, response, next) => {
    const operator = operatorKeyOf(response);
    const id = await beginAction(database, { operator, action, subject: auditSubject(about(request)) });
    let outcome = 'failed:internal_error';
    try {
      await handler(request, response, next);
      // 202: a workflow goes on with it.
      outcome = response.statusCode === 202 ? 'accepted' : 'done';
    } catch (error) {
      outcome = `failed:${failureOf(error).code}`;
      throw error;
    } finally {
      await finishAction(database, id, outcome).catch(() => {
        log.error({ operator, action, actionId: id, outcome }, 'the outcome of an action was not written down');
      });
    }
  };
}

/** Of bodies and queries only what is known to be an option: a profile is long, and a body may hold a token. */
const OPTIONS = ['force', 'reason', 'resolution'] as const;

function pathAndOptions(request: Request): Record<string, unknown> {
  const given = { ...request.query, ...(request.body as Record<string, unknown> | undefined) };
  return { ...request.params, ...Object.fromEntries(OPTIONS.map((name) => [name, given[name]])) };
}
