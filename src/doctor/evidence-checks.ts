import { evidenceKeys } from '../evidence/checkpoint';
import { openCheckpoint } from '../evidence/verify/checkpoints';
import { Fault } from '../evidence/verify/fault';
import { oldestEventAt } from '../store/chain-events';
import { findNewestCheckpoint } from '../store/checkpoints';
import { fail, ok, warn, type Check, type Finding } from './check';
import { ago } from './instants';
import type { Surroundings } from './surroundings';

export const EVIDENCE_CHECKS: readonly Check[] = [
  {
    name: 'checkpoint',
    about: 'the audit trail was signed within the last day, and the signature holds',
    look: lookAtCheckpoint,
  },
];

const HOUR_MS = 3_600_000;
/** Housekeeping takes one a day, in its hour. */
const LATE_MS = 26 * HOUR_MS;
const MISSED_MS = 72 * HOUR_MS;

async function lookAtCheckpoint({ database }: Surroundings): Promise<Finding> {
  const newest = await findNewestCheckpoint(database());
  if (!newest) {
    const since = await oldestEventAt(database());
    if (!since || Date.now() - since.getTime() < LATE_MS) return ok('none yet: the first comes within a day');
    return fail(
      `none, and the trail began ${ago(since)} ago`,
      'Run fdx-consent housekeeping run, and see what it tells.',
    );
  }
  const name = `checkpoint ${newest.number}`;
  try {
    await openCheckpoint(newest.signed, await evidenceKeys(database()), name);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return fail(`${name} ${error.what}`, 'Run fdx-consent evidence audit: it names everything that is not as it was.');
  }
  return judgeAge(name, newest.createdAt, Date.now());
}

export function judgeAge(name: string, createdAt: Date, now: number): Finding {
  const age = now - createdAt.getTime();
  const what = `${name}, ${ago(createdAt, now)} old`;
  if (age < LATE_MS) return ok(what);
  const fix = 'Housekeeping takes one a day: see fdx-consent housekeeping run, and the check `schedules`.';
  return age < MISSED_MS ? warn(what, fix) : fail(what, fix);
}
