import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { HousekeepingActivities } from '../activities/housekeeping';
import { failureCodeOf, summarized } from './activities';
import {
  SWEEPS,
  type HousekeepingResult,
  type Sweep,
  type SweepReport,
  type SweepResult,
} from './housekeeping-contract';

const SUMMARIES: Readonly<Record<Sweep, string>> = {
  endOrphanWorkflows: 'end workflows that have no consent',
  restartMissingWorkflows: 'start the lost workflows of living consents again',
  purgeOverdue: 'destroy personal data that are overdue, with a certificate',
  destroyLeftoverTokens: 'destroy tokens that no consent stands for',
  removeOldEvidence: 'remove evidence that need not be kept any longer',
  takeCheckpoint: 'sign, once a day, where every chain of events ends',
};

/**
 * A round takes three minutes at most and says that it is alive after every batch; one that is missed for a minute has lost its
 * worker. Three tries: what still fails then fails for a reason, waits for the next hour, and does not hold up the other sweeps.
 */
const activities = summarized<HousekeepingActivities>(SUMMARIES, (summary) =>
  proxyActivities<HousekeepingActivities>({
    summary,
    startToCloseTimeout: '5m',
    heartbeatTimeout: '1m',
    scheduleToCloseTimeout: '12m',
    retry: { initialInterval: '5s', backoffCoefficient: 4, maximumAttempts: 3 },
  }),
);

/** With three minutes each, all sweeps together are over before the next hour; what is left then is done by that one. */
const MAX_ROUNDS = 3;

/**
 * What the consents' own workflows cannot do, because they are gone: finds what is overdue, orphaned or old and ends it. Every
 * sweep may be run at any time, by any number of workers; each result says only how many.
 */
export async function HousekeepingWorkflow(): Promise<HousekeepingResult> {
  const results: Partial<Record<Sweep, SweepResult>> = {};
  for (const sweep of SWEEPS) {
    results[sweep] = await run(sweep);
    setCurrentDetails(tableOf(results));
  }
  return results as HousekeepingResult;
}

async function run(sweep: Sweep): Promise<SweepResult> {
  let counts: SweepReport['counts'] = {};
  try {
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const report = await activities[sweep]();
      counts = sumOf(counts, report.counts);
      if (report.stopped !== undefined) return { outcome: 'stopped', reason: report.stopped, counts };
      if (report.isComplete) return { outcome: 'complete', counts };
    }
    return { outcome: 'incomplete', counts };
  } catch (error) {
    return { outcome: 'failed', failure: failureCodeOf(error), counts };
  }
}

function sumOf(some: SweepReport['counts'], more: SweepReport['counts']): SweepReport['counts'] {
  const names = [...new Set([...Object.keys(some), ...Object.keys(more)])];
  return Object.fromEntries(names.map((name) => [name, (some[name] ?? 0) + (more[name] ?? 0)]));
}

function tableOf(results: Partial<Record<Sweep, SweepResult>>): string {
  const rows = Object.entries(results).map(([sweep, { outcome, counts }]) => {
    const told = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    return `| ${sweep} | ${outcome} | ${told.join(', ')} |`;
  });
  return ['| sweep | outcome | counts |', '| --- | --- | --- |', ...rows].join('\n');
}
