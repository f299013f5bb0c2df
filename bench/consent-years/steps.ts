import { DAY_MS } from '../../scripts/year/consent-life';
import type { MeteredLife } from './metered-life';

const HOUR_MS = DAY_MS / 24;
const NOTICE_DAYS = [30, 14, 7, 1];
const RETENTION_DAYS = 30;

/** The names that steps have in results and tables. */
export const STEP = {
  connect: 'request, launch, grant',
  asleep: 'asleep',
  notice: 'a notice',
  renewal: 'a renewal: link, launch, new grant, old grant ended',
  hint: 'a hint, the bank asked, nothing new',
  change: 'a hint, the bank asked, something changed',
  loss: 'a hint, the bank asked, the grant is lost',
  expiry: 'expiry, the bank told',
  revocation: 'revocation',
  outage: 'two days of telling a bank that is down',
  told: 'the bank takes it',
  purge: '30 days, then the purge',
} as const;

export async function connect(metered: MeteredLife): Promise<void> {
  const { life } = metered;
  await metered.step(STEP.connect, () => life.authorize(life.launchUrl));
}

/** Sleeps until the end comes near, and through the four notices of it. */
export async function liveThroughNotices(
  metered: MeteredLife,
  sleepUntil: (instant: number) => Promise<void> = (instant) => asleepUntil(metered, instant),
): Promise<void> {
  const { life } = metered;
  const { expirationDate = '' } = await life.view();
  for (const days of NOTICE_DAYS) {
    const due = Date.parse(expirationDate) - days * DAY_MS;
    await sleepUntil(due - HOUR_MS);
    await metered.step(STEP.notice, async () => {
      await life.passUntil(due);
      await life.reaches('active', ({ noticeDays }) => noticeDays === days);
    });
  }
}

export async function asleepUntil(metered: MeteredLife, instant: number): Promise<void> {
  await metered.step(STEP.asleep, () => metered.life.passUntil(instant));
}

export async function renew(metered: MeteredLife): Promise<void> {
  const { life } = metered;
  await metered.step(STEP.renewal, async () => {
    const { launchUrl } = await life.year.api.authorizeAnew(life.id);
    await life.authorize(launchUrl);
  });
}

export async function liveUntilPurged(metered: MeteredLife): Promise<void> {
  const { life } = metered;
  const { endedAt = '' } = await life.view();
  await metered.step(STEP.purge, async () => {
    await life.passUntil(Date.parse(endedAt) + RETENTION_DAYS * DAY_MS);
    await life.year.temporal.workflow.getHandle(life.workflowId).result();
  });
}
