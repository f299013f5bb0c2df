import { ConsentFailure } from '../domain/failures';
import type { ConsentId } from '../domain/ids';
import { framesOf } from '../stack-frames';
import { isDatabaseAway } from '../store/database';
import {
  listOldConsents,
  removeConsent,
  removeOldNotifications,
  removeOldTasks,
  removeUnopenedInvitations,
} from '../store/evidence';
import { removeOldEvents } from '../store/events';
import { datePurges, listOverduePurges, START, type Cursor } from '../store/housekeeping';
import { forgetOldAnswers, removeOldRequests } from '../store/idempotent-requests';
import {
  destroyIdleTrips,
  destroyOldCustody,
  destroySupersededTokens,
  destroyTokensOfEnded,
  listEndedWithTokens,
} from '../store/leftovers';
import type { Sweep, SweepReport } from '../workflows/housekeeping-contract';
import type { ActivityDependencies } from './dependencies';
import type { ReportBug } from './guard';
import { endOrphanWorkflows, restartMissingWorkflows } from './orphans';
import { takeDailyCheckpoint } from './daily-checkpoint';
import { purgeConsent } from './purge';
import { SweepRound } from './sweep';

/** One sweep each. All may run at any time, more than once, and be cut off anywhere: what is done is done, the rest comes next. */
export type HousekeepingActivities = Readonly<Record<Sweep, () => Promise<SweepReport>>>;

export function createHousekeepingActivities(deps: ActivityDependencies): HousekeepingActivities {
  const told = (sweep: Sweep, run: (deps: ActivityDependencies) => Promise<SweepReport>) => async () => {
    const report = await run(deps);
    deps.housekeeping.tell(sweep, report);
    return report;
  };
  return {
    endOrphanWorkflows: told('endOrphanWorkflows', endOrphanWorkflows),
    restartMissingWorkflows: told('restartMissingWorkflows', restartMissingWorkflows),
    purgeOverdue: told('purgeOverdue', purgeOverdue),
    destroyLeftoverTokens: told('destroyLeftoverTokens', destroyLeftoverTokens),
    removeOldEvidence: told('removeOldEvidence', removeOldEvidence),
    takeCheckpoint: told('takeCheckpoint', takeDailyCheckpoint),
  };
}

/** Rows in one statement or one walk: short enough that nobody waits behind it. */
const BATCH = 100;
/** Nothing hangs on them, and a busy day has many. */
const BATCH_OF_EVENTS = 2_000;

/** The consent's workflow should have done it: it is gone or stuck. */
async function purgeOverdue(deps: ActivityDependencies): Promise<SweepReport> {
  const { database, retention, report } = deps;
  const round = new SweepRound('dated', 'purged', 'wait_for_bank', 'held', 'broken');
  const isComplete =
    (await drain(round, 'dated', () => datePurges(database, retention.personalDataRetentionDays, BATCH))) &&
    (await walk(
      round,
      (cursor) => listOverduePurges(database, cursor, BATCH),
      (id) => unlessBroken('purgeOverdue', report, () => purgeIfAllowed(deps, id)),
    ));
  return round.report(isComplete);
}

async function purgeIfAllowed(deps: ActivityDependencies, consentId: ConsentId): Promise<string> {
  try {
    await purgeConsent(deps, { consentId });
    return 'purged';
  } catch (error) {
    if (error instanceof ConsentFailure && error.code === 'purge_waits_for_bank') return 'wait_for_bank';
    if (error instanceof ConsentFailure && error.code === 'purge_held') return 'held';
    throw error;
  }
}

/** Tokens without a consent that they are for. */
async function destroyLeftoverTokens({ database, housekeeping }: ActivityDependencies): Promise<SweepReport> {
  const round = new SweepRound('of_ended', 'at_work', 'superseded', 'in_custody', 'idle_trips', 'copies');
  const takeFrom = async (id: ConsentId): Promise<string> => {
    const { kind } = await housekeeping.census.look(id);
    // A workflow that runs may be about to tell the bank, and says so in the row a little later.
    if (kind === 'running') return 'at_work';
    await destroyTokensOfEnded(database, id);
    return 'of_ended';
  };
  const isComplete =
    (await walk(round, (cursor) => listEndedWithTokens(database, cursor, BATCH), takeFrom)) &&
    (await drain(round, 'superseded', () => destroySupersededTokens(database, BATCH))) &&
    (await drain(round, 'in_custody', () => destroyOldCustody(database, BATCH))) &&
    (await drain(round, 'idle_trips', () => destroyIdleTrips(database, BATCH))) &&
    (await drain(round, 'copies', () => forgetOldAnswers(database, BATCH)));
  return round.report(isComplete);
}

/** What has been kept for as long as it must. */
async function removeOldEvidence({ database, retention, report }: ActivityDependencies): Promise<SweepReport> {
  const round = new SweepRound(
    'consents',
    'held',
    'broken',
    'notifications',
    'tasks',
    'invitations',
    'events',
    'requests',
  );
  const remove = async (id: ConsentId): Promise<string> => {
    const outcome = await removeConsent(database, id);
    return outcome === 'removed' ? 'consents' : outcome;
  };
  const isComplete =
    (await walk(
      round,
      (cursor) => listOldConsents(database, retention, cursor, BATCH),
      (id) => unlessBroken('removeOldEvidence', report, () => remove(id)),
    )) &&
    (await drain(round, 'notifications', () => removeOldNotifications(database, retention, BATCH))) &&
    (await drain(round, 'tasks', () => removeOldTasks(database, retention, BATCH))) &&
    (await drain(round, 'invitations', () => removeUnopenedInvitations(database, retention, BATCH))) &&
    (await drain(round, 'events', () => removeOldEvents(database, retention.eventRetentionDays, BATCH_OF_EVENTS))) &&
    (await drain(round, 'requests', () => removeOldRequests(database, BATCH)));
  return round.report(isComplete);
}

/** One after the other, in order; what becomes of each is counted. @returns false when the time was over before the end */
async function walk(
  round: SweepRound,
  list: (cursor: Cursor) => Promise<readonly Cursor[]>,
  take: (id: ConsentId) => Promise<string>,
): Promise<boolean> {
  let cursor = START;
  for (;;) {
    const batch = await list(cursor);
    for (const each of batch) {
      round.count(await take(each.id));
      cursor = each;
      if (!round.mayGoOn()) return false;
    }
    if (batch.length < BATCH) return true;
  }
}

/** One that is broken does not stand in the way of all others. What all would meet, such as a database that is away, is thrown. */
async function unlessBroken(sweep: Sweep, report: ReportBug, take: () => Promise<string>): Promise<string> {
  try {
    return await take();
  } catch (error) {
    if (error instanceof ConsentFailure || isDatabaseAway(error)) throw error;
    report(sweep, error instanceof Error ? error.name : typeof error, framesOf(error));
    return 'broken';
  }
}

/** Batch after batch until one finds nothing. @returns false when the time was over before */
async function drain(round: SweepRound, name: string, batch: () => Promise<number>): Promise<boolean> {
  for (;;) {
    const done = await batch();
    round.count(name, done);
    if (done === 0) return true;
    if (!round.mayGoOn()) return false;
  }
}
