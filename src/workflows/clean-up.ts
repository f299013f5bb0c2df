import { DAY_MS } from '../domain/days';
import { persistent } from './activities';
import { continueWhenLong, isTimeToContinue, type Errands } from './continuation';
import { conditionUntil } from './deadline';
import type { Life } from './life';

/**
 * What remains after the end: the bank is told, and personal data are destroyed when policy says. Evidence stays for years; a sweep
 * over the database removes it, since nobody needs a workflow to sleep that long.
 */
export async function cleanUp(life: Life, errands: Errands): Promise<void> {
  const { consent, policy } = life;
  const purgeAt = (life.endedAt ?? Date.now()) + policy.personalDataRetentionDays * DAY_MS;
  const mustContinue = () => isTimeToContinue(life);
  await waitThrough(life, errands, mustContinue, purgeAt, 'until personal data are destroyed');
  // The tokens are needed until the bank knows; once a person has been asked, it is theirs to tell it.
  const isTold = () => life.endings.every((ending) => ending.needsOperator === true);
  await waitThrough(life, errands, () => isTold() || mustContinue(), Infinity, '');
  await errands.stop();
  const { certificateId } = await persistent.purgeConsent({ consentId: consent.input.consentId });
  consent.remark(`secrets and personal data destroyed; certificate ${certificateId}`);
}

async function waitThrough(
  life: Life,
  errands: Errands,
  holds: () => boolean,
  deadline: number,
  summary: string,
): Promise<void> {
  await conditionUntil(holds, deadline, summary);
  await continueWhenLong(life, errands);
}
