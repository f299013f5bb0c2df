import { ConsentLife } from '../../scripts/year/consent-life';
import type { YearStack } from '../../scripts/year/year-stack';
import { MeteredLife } from './metered-life';
import { connect, liveThroughNotices, liveUntilPurged, STEP } from './steps';

/** Nobody does anything: a year, four notices, the end, and the purge. */
export async function liveQuietYear(year: YearStack): Promise<MeteredLife> {
  const life = await ConsentLife.begin(year);
  const metered = new MeteredLife(life);
  await connect(metered);
  await liveThroughNotices(metered);
  const { expirationDate = '' } = await life.view();
  await metered.step(STEP.expiry, async () => {
    await life.passUntil(Date.parse(expirationDate));
    await life.reaches('expired', ({ bankEnding }) => bankEnding === 'done');
  });
  await liveUntilPurged(metered);
  return metered;
}
