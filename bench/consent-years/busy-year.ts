import { ConsentLife, DAY_MS } from '../../scripts/year/consent-life';
import { subscribeToBank } from '../../scripts/year/rounds';
import type { YearStack } from '../../scripts/year/year-stack';
import { bankReported } from '../../src/workflows/contract';
import { MeteredLife } from './metered-life';
import { asleepUntil, connect, liveThroughNotices, liveUntilPurged, renew, STEP } from './steps';

/** Three terms fit into a year. */
const TERM_DAYS = 120;
const WEEK_MS = 7 * DAY_MS;
/** What the product asks of the bank when it tells of an end. */
const DOORS_OF_THE_BANK = ['token', 'consents', 'revocation'] as const;

/**
 * Everything happens: two renewals, a hint every week that something may have changed at the bank, two real changes, a grant that the
 * bank forgets, and a revocation while the bank is down for two days.
 */
export async function liveBusyYear(year: YearStack): Promise<MeteredLife> {
  await subscribeToBank(year);
  const life = await ConsentLife.begin(year, { durationPeriod: TERM_DAYS });
  const metered = new MeteredLife(life);
  await connect(metered);
  const sleepUntil = sleepingWithHints(metered, await life.now());

  await sleepUntil((await life.now()) + 40 * DAY_MS);
  await change(metered, { dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] });
  await liveThroughNotices(metered, sleepUntil);
  await renew(metered);

  await sleepUntil((await life.now()) + 40 * DAY_MS);
  const { expirationDate = '' } = await life.view();
  await change(metered, { expirationTime: new Date(Date.parse(expirationDate) - 2 * DAY_MS).toISOString() });
  await liveThroughNotices(metered, sleepUntil);
  await renew(metered);

  await sleepUntil((await life.now()) + 40 * DAY_MS);
  await loseGrant(metered);
  await renew(metered);
  await sleepUntil((await life.now()) + 50 * DAY_MS);
  await revokeWhileBankIsDown(metered);
  await liveUntilPurged(metered);
  return metered;
}

/** Sleep from which something that may concern the consent wakes it once a week: a notification, or a token that was refused. */
function sleepingWithHints(metered: MeteredLife, since: number): (instant: number) => Promise<void> {
  const { life } = metered;
  let next = since + WEEK_MS;
  return async (instant) => {
    for (; next < instant; next += WEEK_MS) {
      await asleepUntil(metered, next);
      await metered.step(STEP.hint, () => hint(life));
    }
    await asleepUntil(metered, instant);
  };
}

async function hint({ year, workflowId }: ConsentLife): Promise<void> {
  await year.temporal.workflow.getHandle(workflowId).signal(bankReported, { source: 'notification' });
}

/** The bank changes what it granted, and says so. */
async function change(
  metered: MeteredLife,
  changes: { expirationTime?: string; dataClusters?: string[] },
): Promise<void> {
  const { life } = metered;
  const { bank } = life.year;
  const current = (await bank.consents()).find(({ status }) => status === 'ACTIVE');
  if (!current) throw new Error('the bank has nothing to change');
  const { updatedAt: before } = await life.view();
  await metered.step(STEP.change, async () => {
    await bank.update(current.id, changes);
    await life.reaches('active', ({ updatedAt }) => updatedAt !== before);
  });
}

/** The bank does not know its consent any more, for once. */
async function loseGrant(metered: MeteredLife): Promise<void> {
  const { life } = metered;
  await life.year.bank.plant({ endpoint: 'consents', fault: { kind: 'status', status: 404 }, times: 1 });
  await metered.step(STEP.loss, async () => {
    await hint(life);
    await life.reaches('active', ({ nextAction }) => nextAction === 'reauthorize');
  });
}

async function revokeWhileBankIsDown(metered: MeteredLife): Promise<void> {
  const { life } = metered;
  const { api, bank } = life.year;
  for (const endpoint of DOORS_OF_THE_BANK) await bank.plant({ endpoint, fault: { kind: 'reset' } });
  await metered.step(STEP.revocation, async () => {
    await api.revoke(life.id);
    await life.reaches('revoked', ({ bankEnding }) => bankEnding === 'pending');
  });
  await metered.step(STEP.outage, async () => life.passUntil((await life.now()) + 2 * DAY_MS));
  await bank.heal();
  await metered.step(STEP.told, async () => {
    // Told again within six hours.
    await life.passUntil((await life.now()) + DAY_MS / 4);
    await life.reaches('revoked', ({ bankEnding }) => bankEnding === 'done');
  });
}
