import type { RequestHandler } from 'express';
import { sql } from 'kysely';
import type { healthSchema, readinessSchema } from '../contract/schemas/service';
import type { Sent } from '../contract/schemas/values';
import type { ApiDependencies } from '../dependencies';

/** `GET /healthz`: the process is alive. */
export const answerHealth: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' } satisfies Sent<typeof healthSchema>);
};

/** `GET /readyz`: the parts a request needs answer too. */
export function answerReadiness({ database, engine }: ApiDependencies): RequestHandler {
  return async (_request, response) => {
    const [store, workflows] = await Promise.all([
      isUp(() => sql`select 1`.execute(database)),
      isUp(() => engine.ping()),
    ]);
    const ready = store && workflows;
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: ready ? 'ready' : 'not_ready',
        database: upOrAway(store),
        temporal: upOrAway(workflows),
      } satisfies Sent<typeof readinessSchema>);
  };
}

async function isUp(probe: () => Promise<unknown>): Promise<boolean> {
  return probe().then(
    () => true,
    () => false,
  );
}

function upOrAway(up: boolean): 'up' | 'away' {
  return up ? 'up' : 'away';
}
