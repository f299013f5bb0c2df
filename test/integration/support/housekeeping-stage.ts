import { MockActivityEnvironment } from '@temporalio/testing';
import { guarded } from '../../../src/activities/guard';
import { createHousekeepingActivities, type HousekeepingActivities } from '../../../src/activities/housekeeping';
import type { ConsentId } from '../../../src/domain/ids';
import { createHousekeepingDoors } from '../../../src/temporal/housekeeping';
import type { WorkflowCensus } from '../../../src/temporal/workflow-census';
import type { Sweep, SweepReport } from '../../../src/workflows/housekeeping-contract';
import { currentStack } from '../../setup/stack-access';
import { OwnBooks } from './own-books';
import { OwnTemporal } from './own-temporal';

export const HOUR_MS = 60 * 60 * 1000;

const POLICY = {
  maxDurationDays: 365,
  oneTimeLifetimeSeconds: 3_600,
  noticeDays: [30],
  revocationPatienceDays: 7,
  personalDataRetentionDays: 30,
  eventsPerRun: 2_000,
};

/** Housekeeping over a database and a Temporal server of its own, with a worker at work. */
export class HousekeepingStage {
  /** What the sweeps wrote to the log. */
  logged: { readonly fields: Record<string, unknown>; readonly message: string }[] = [];
  /** An hour does not pass in a test: the census tells of workflows as if they had begun so much earlier. */
  agedByMs = 0;
  /** What the worker does in place of a sweep. */
  instead: Partial<Record<Sweep, () => Promise<SweepReport>>> = {};

  private constructor(
    readonly books: OwnBooks,
    readonly temporal: OwnTemporal,
  ) {}

  static async open(): Promise<HousekeepingStage> {
    const [books, temporal] = await Promise.all([OwnBooks.open(currentStack()), OwnTemporal.open()]);
    const stage = new HousekeepingStage(books, temporal);
    await temporal.work(guarded(stage.#replaceableActivities(), () => undefined));
    return stage;
  }

  async close(): Promise<void> {
    await this.temporal.close();
    await this.books.close();
  }

  /** Consents and workflows of an earlier test concern nobody. */
  async reset(): Promise<void> {
    this.logged = [];
    this.agedByMs = 0;
    this.instead = {};
    this.books.bugs.splice(0);
    await this.books.run('UPDATE consents SET workflow_seen_at = now(), purge_due_at = NULL, ended_at = NULL');
    await this.books.run('UPDATE grants SET tokens_jwe = NULL, refresh_response_jwe = NULL');
    await this.temporal.terminateAll();
  }

  /** One sweep, as a worker runs it. */
  sweep(name: Sweep): Promise<SweepReport> {
    return new MockActivityEnvironment().run(this.#activities()[name]);
  }

  async rowOf({ id }: { readonly id: ConsentId }): Promise<Record<string, unknown>> {
    const [row] = await this.books.run('SELECT * FROM consents WHERE id = $1', [id]);
    return row ?? {};
  }

  /** How many of its grants have tokens. */
  async tokensOf({ id }: { readonly id: ConsentId }): Promise<number> {
    const [row] = await this.books.run('SELECT count(tokens_jwe)::int AS tokens FROM grants WHERE consent_id = $1', [
      id,
    ]);
    return Number(row?.['tokens']);
  }

  #activities(): HousekeepingActivities {
    const note = (fields: unknown, message?: unknown): void => {
      this.logged.push({ fields: fields as Record<string, unknown>, message: String(message) });
    };
    const doors = createHousekeepingDoors(this.temporal.client, POLICY, { info: note, error: note });
    const census: WorkflowCensus = {
      ...doors.census,
      listRunning: async (pageToken) => {
        const page = await doors.census.listRunning(pageToken);
        return {
          ...page,
          workflows: page.workflows.map((each) => ({ ...each, startedAt: each.startedAt - this.agedByMs })),
        };
      },
    };
    return createHousekeepingActivities(this.books.dependencies({ housekeeping: { ...doors, census } }));
  }

  #replaceableActivities(): HousekeepingActivities {
    const entries = Object.entries(this.#activities()).map(([name, run]) => [
      name,
      () => (this.instead[name as Sweep] ?? run)(),
    ]);
    return Object.fromEntries(entries) as HousekeepingActivities;
  }
}

/** Opens a stage for the tests of a file. */
export function useHousekeeping(): () => HousekeepingStage {
  let stage: HousekeepingStage;
  beforeAll(async () => {
    stage = await HousekeepingStage.open();
  });
  beforeEach(() => stage.reset());
  afterAll(() => stage.close());
  return () => stage;
}
