import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded } from '../domain/consent';
import { ConsentFailure } from '../domain/failures';
import { endedAsCompleted, looksLikeAnotherDatabase } from '../domain/orphan';
import { framesOf } from '../stack-frames';
import { findConsent, stateOf } from '../store/consents';
import { isDatabaseAway } from '../store/database';
import { endLagging, findKnown, listUnseen, lookAgainSoon, markSeen, type Unseen } from '../store/housekeeping';
import type { RunningWorkflow } from '../temporal/workflow-census';
import type { SweepReport } from '../workflows/housekeeping-contract';
import type { ActivityDependencies } from './dependencies';
import { SweepRound } from './sweep';

/** As many questions at once, and at most so many batches a second: Temporal has consents to serve. */
const LOOKS_AT_ONCE = 10;
const BATCH_TAKES_AT_LEAST_MS = 200;

/** A row without a workflow: starts the workflow again, or lets the row catch up with one that has completed. */
export async function restartMissingWorkflows(deps: ActivityDependencies): Promise<SweepReport> {
  const round = new SweepRound('running', 'started', 'revived', 'caught_up', 'ended_before', 'put_off');
  for (;;) {
    const batch = await listUnseen(deps.database, LOOKS_AT_ONCE);
    await Promise.all([...batch.map((each) => lookAfter(deps, each, round)), delay(BATCH_TAKES_AT_LEAST_MS)]);
    if (batch.length < LOOKS_AT_ONCE) return round.report(true);
    if (!round.mayGoOn()) return round.report(false);
  }
}

async function lookAfter(deps: ActivityDependencies, consent: Unseen, round: SweepRound): Promise<void> {
  try {
    round.count(await settle(deps, consent));
    await markSeen(deps.database, [consent.id]);
  } catch (error) {
    // Temporal or the database is away: all of them would meet the same.
    if (error instanceof ConsentFailure || isDatabaseAway(error)) throw error;
    deps.report('restartMissingWorkflows', error instanceof Error ? error.name : typeof error, framesOf(error));
    round.count('put_off');
    await lookAgainSoon(deps.database, consent.id);
  }
}

async function settle({ database, housekeeping }: ActivityDependencies, { id }: Unseen): Promise<string> {
  const sighting = await housekeeping.census.look(id);
  if (sighting.kind === 'running') return 'running';
  const row = await findConsent(database, id);
  // Somebody was quicker.
  if (!row || row.purged_at) return 'ended_before';
  if (sighting.kind !== 'completed') {
    await housekeeping.startAgain(row, { revive: false });
    return 'started';
  }
  // The end is behind it, and the purge will come by its date. Unless it says that the bank must still be told.
  if (hasEnded(row.status) && row.bank_ending !== 'pending') return 'ended_before';
  const caughtUp = endedAsCompleted(stateOf(row), sighting.status);
  if (caughtUp) return (await endLagging(database, id, row.status, caughtUp)) ? 'caught_up' : 'ended_before';
  // The two contradict each other, and a consent that may be alive is never dropped: it goes on from its row.
  await housekeeping.startAgain(row, { revive: true });
  return 'revived';
}

/** A row comes before its workflow, so one without a row is never merely young. The hour is for databases that read behind. */
const OLD_ENOUGH_MS = 60 * 60 * 1000;
/** More than anybody should end in one go; the next hour brings the next. */
const MAX_ORPHANS = 2_000;
const REASON =
  'housekeeping: there is no consent for this workflow in the database, so there are no tokens to destroy and nobody to tell';
const STOPPED =
  'so many workflows have no consent that the database is likelier to be the wrong one: nothing was ended; check DATABASE_URL and the namespace';

/** A workflow without a row: ends it. Notes of all others that they run. */
export async function endOrphanWorkflows({ database, housekeeping }: ActivityDependencies): Promise<SweepReport> {
  const { census } = housekeeping;
  const round = new SweepRound('listed', 'young', 'foreign', 'orphans', 'terminated');
  const orphans: RunningWorkflow[] = [];
  let listed = 0;
  let pageToken: Uint8Array | undefined;
  do {
    const page = await census.listRunning(pageToken);
    listed += page.workflows.length;
    round.count('listed', page.workflows.length);
    orphans.push(...(await orphansAmong(database, page.workflows, round)));
    pageToken = page.nextPageToken;
    // What was listed says nothing about the whole, and without the whole nothing may be ended.
    if (!round.mayGoOn()) return round.report(false);
  } while (pageToken && orphans.length < MAX_ORPHANS);

  if (looksLikeAnotherDatabase({ listed, orphans: orphans.length })) return round.report(true, STOPPED);
  for (const orphan of orphans) {
    if (await census.terminate(orphan, REASON)) round.count('terminated');
    if (!round.mayGoOn()) return round.report(false);
  }
  return round.report(pageToken === undefined);
}

async function orphansAmong(
  database: ActivityDependencies['database'],
  workflows: readonly RunningWorkflow[],
  round: SweepRound,
): Promise<readonly RunningWorkflow[]> {
  const known = await findKnown(
    database,
    workflows.flatMap(({ consentId }) => consentId ?? []),
  );
  const orphans: RunningWorkflow[] = [];
  for (const workflow of workflows) {
    if (workflow.consentId === undefined) round.count('foreign');
    else if (known.has(workflow.consentId)) continue;
    else if (Date.now() - workflow.startedAt < OLD_ENOUGH_MS) round.count('young');
    else orphans.push(workflow);
  }
  round.count('orphans', orphans.length);
  return orphans;
}
