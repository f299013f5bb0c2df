import { consentWorkflowId, type ConsentId } from '../../src/domain/ids';
import type { ConsentLife } from '../../scripts/year/consent-life';
import { lengthOf, type HistoryLength } from '../../scripts/year/history-length';
import { until } from '../../scripts/year/until';

/** What one kind of thing that happens to a consent adds to its history, each time. */
export interface StepFigures {
  step: string;
  times: number;
  /** Means. */
  events: number;
  workflowTasks: number;
  bytes: number;
  /** Days that pass in it altogether, for steps that are nothing but time. */
  days?: number;
}

/** One consent whose history is measured after everything that happens to it. */
export class MeteredLife {
  readonly #steps = new Map<string, { lengths: HistoryLength[]; days: number }>();
  #before: HistoryLength = { runs: 0, events: 0, bytes: 0, byType: {} };
  readonly #begun: number;

  constructor(readonly life: ConsentLife) {
    this.#begun = Date.now();
  }

  /** Does something and notes what it left, once the workflow has nothing more to do about it. */
  async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const from = await this.life.now();
    const result = await work();
    await this.#settle();
    const after = await lengthOf(this.life.year.temporal, this.life.workflowId);
    const known = this.#steps.get(name) ?? { lengths: [], days: 0 };
    known.lengths.push(difference(after, this.#before));
    known.days += ((await this.life.now()) - from) / (24 * 60 * 60 * 1000);
    this.#steps.set(name, known);
    this.#before = after;
    return result;
  }

  get total(): HistoryLength {
    return this.#before;
  }

  async days(): Promise<number> {
    return Math.round(((await this.life.now()) - this.#begun) / (24 * 60 * 60 * 1000));
  }

  get figures(): StepFigures[] {
    return [...this.#steps].map(([step, { lengths, days }]) => {
      const mean = (of: (length: HistoryLength) => number): number =>
        Math.round((10 * lengths.reduce((sum, length) => sum + of(length), 0)) / lengths.length) / 10;
      return {
        step,
        times: lengths.length,
        events: mean(({ events }) => events),
        workflowTasks: mean(({ byType }) => byType['WORKFLOW_TASK_COMPLETED'] ?? 0),
        bytes: Math.round(mean(({ bytes }) => bytes)),
        ...(days > 1 && { days: Math.round(days) }),
      };
    });
  }

  /** No step of it is in flight. A retry that waits for its time is: whoever expects one does not end a step there. */
  async #settle(): Promise<void> {
    const { temporal } = this.life.year;
    await until('rest', async () => {
      const { raw } = await temporal.workflow.getHandle(consentWorkflowId(this.life.id as ConsentId)).describe();
      const isTelling = (raw.pendingActivities ?? []).every(({ attempt = 0 }) => (attempt ?? 0) > 1);
      return isTelling && !raw.pendingWorkflowTask;
    });
  }
}

function difference(after: HistoryLength, before: HistoryLength): HistoryLength {
  return {
    runs: after.runs - before.runs,
    events: after.events - before.events,
    bytes: after.bytes - before.bytes,
    byType: Object.fromEntries(
      Object.entries(after.byType).map(([type, count]) => [type, count - (before.byType[type] ?? 0)]),
    ),
  };
}
