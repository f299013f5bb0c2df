import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { takeCheckpoint } from '../evidence/checkpoint';
import type { SweepReport } from '../workflows/housekeeping-contract';
import type { ActivityDependencies } from './dependencies';

/** The sweep comes every hour, and not on the minute: a day that is a little short keeps the hour of the day. */
const DAY_MS = (24 * 60 - 30) * 60_000;

/** Takes a checkpoint when the last one is a day old. Says so loudly when chains are not as they were at that one. */
export async function takeDailyCheckpoint(deps: ActivityDependencies): Promise<SweepReport> {
  const goOn = (): void => {
    heartbeat();
    cancellationSignal().throwIfAborted();
  };
  const taken = await takeCheckpoint({ ...deps, goOn }, DAY_MS);
  const damages = taken.outcome === 'not_due' ? 0 : taken.damages.length;
  const counts = {
    taken: taken.outcome === 'taken' ? 1 : 0,
    chains: taken.outcome === 'taken' ? taken.checkpoint.chains : 0,
    damaged: damages,
  };
  if (damages === 0) return { isComplete: true, counts };
  const what =
    taken.outcome === 'stopped'
      ? 'no checkpoint was taken, because the last one is not as it was'
      : 'chains of events are not as they were at the last checkpoint';
  return { isComplete: true, counts, stopped: `${what}; fdx-consent evidence audit names what is wrong` };
}
