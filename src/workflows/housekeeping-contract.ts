import type { FailureCode } from '../domain/failures';

/** What others may know of the `HousekeepingWorkflow`. */
export const HOUSEKEEPING_WORKFLOW = 'HousekeepingWorkflow';

/** What an operator starts by hand; a schedule adds the time to it. Two at once do no harm. */
export const HOUSEKEEPING_WORKFLOW_ID = 'housekeeping';

/** In the order in which they run: what runs is seen before what is missing is looked for, and what is removed leaves the checkpoint. */
export const SWEEPS = [
  'endOrphanWorkflows',
  'restartMissingWorkflows',
  'purgeOverdue',
  'destroyLeftoverTokens',
  'removeOldEvidence',
  'takeCheckpoint',
] as const;
export type Sweep = (typeof SWEEPS)[number];

export interface SweepReport {
  /** False when there is more than it could do: the next one goes on. */
  readonly isComplete: boolean;
  /** How many of what; never who. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why it did nothing although there was something to do: an operator must look. */
  readonly stopped?: string;
}

/** How one sweep went, rounds together. */
export type SweepResult =
  | ({ readonly outcome: 'complete' | 'incomplete' } & Pick<SweepReport, 'counts'>)
  | ({ readonly outcome: 'stopped'; readonly reason: string } & Pick<SweepReport, 'counts'>)
  | ({ readonly outcome: 'failed'; readonly failure: FailureCode } & Pick<SweepReport, 'counts'>);

export type HousekeepingResult = Readonly<Record<Sweep, SweepResult>>;

/** For the Temporal Schedule that runs it. An hour is what everything that is overdue may wait; two runs never overlap. */
export const HOUSEKEEPING_SCHEDULE = {
  id: 'fdx-consent-housekeeping',
  everySeconds: 3_600,
  workflowType: HOUSEKEEPING_WORKFLOW,
  workflowId: HOUSEKEEPING_WORKFLOW_ID,
  overlap: 'SKIP',
  summary: 'purges, orphans, old evidence and the daily checkpoint',
} as const;
