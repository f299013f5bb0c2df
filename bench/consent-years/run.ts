import path from 'node:path';
import type { Tell } from '../../scripts/setup/missing-part';
import { stateDirectory } from '../../scripts/setup/repository';
import { startYearStack, type YearStack } from '../../scripts/year/year-stack';
import { describeCommit, describeMachine } from '../machine';
import { measureSleepers, type SleepersPlan } from '../sleepers/measure';
import { liveBusyYear } from './busy-year';
import type { MeteredLife } from './metered-life';
import { liveQuietYear } from './quiet-year';
import type { HistoriesResult, YearFigures } from './result';

const FULL: SleepersPlan = { consents: 10_000, boundedCache: 200, boundedConsents: 1_500, woken: 500 };
/** Shows that it works. Its figures mean little. */
const QUICK: SleepersPlan = { consents: 300, boundedCache: 50, boundedConsents: 200, woken: 100 };

/** Two consents' years on the real server and the real stack, and many consents asleep. */
export async function measureHistories(quick: boolean, tell: Tell): Promise<HistoriesResult> {
  const about = { startedAt: new Date().toISOString(), quick, commit: describeCommit(), machine: describeMachine() };
  const years = { quiet: await live(liveQuietYear, 'quiet', tell), busy: await live(liveBusyYear, 'busy', tell) };
  return { ...about, years, sleepers: await measureSleepers(quick ? QUICK : FULL, tell) };
}

/** Each on a stack of its own: its clocks are where the year has left them. */
async function live(lifeOf: (year: YearStack) => Promise<MeteredLife>, name: string, tell: Tell): Promise<YearFigures> {
  const year = await startYearStack({
    dataDir: path.join(stateDirectory, 'bench-years'),
    ports: 'random',
    ui: false,
  });
  try {
    const metered = await lifeOf(year);
    const { total, figures: steps } = metered;
    tell(`the ${name} year: ${total.events} events, ${total.bytes} bytes`);
    return { days: await metered.days(), total, steps };
  } finally {
    await year.stop();
  }
}
