import { cancellationSignal, heartbeat } from '@temporalio/activity';
import type { ConsentRow } from '../store/consents';
import type { WorkflowCensus } from '../temporal/workflow-census';
import type { Sweep, SweepReport } from '../workflows/housekeeping-contract';

/** What housekeeping needs beside the database. */
export interface HousekeepingDoors {
  readonly census: WorkflowCensus;
  /** Starts the consent's workflow from its row, where none runs. `revive`: although one has completed. */
  readonly startAgain: (row: ConsentRow, options: { readonly revive: boolean }) => Promise<void>;
  /** Told of every sweep, for the log. */
  readonly tell: (sweep: Sweep, report: SweepReport) => void;
}

/** Less than the time a sweep has, so that it hands over in good order what it has not come to. */
const ROUND_MS = 3 * 60 * 1000;

/** Counts what a sweep does, and says when it must stop. */
export class SweepRound {
  readonly #until = Date.now() + ROUND_MS;
  readonly #counts: Record<string, number> = {};

  /** Names are counted from the start, so that a zero is told too. */
  constructor(...names: readonly string[]) {
    for (const name of names) this.#counts[name] = 0;
  }

  count(name: string, by = 1): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + by;
  }

  /** Called after every batch. @returns false when the time is over or the worker is to stop */
  mayGoOn(): boolean {
    return Date.now() < this.#until && !wasCancelled();
  }

  report(isComplete: boolean, stopped?: string): SweepReport {
    return { isComplete, counts: { ...this.#counts }, ...(stopped !== undefined && { stopped }) };
  }
}

function wasCancelled(): boolean {
  heartbeat();
  return cancellationSignal().aborted;
}
