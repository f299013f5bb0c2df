import { Client as DatabaseClient } from 'pg';
import type { ConsentView } from '../dev/consent-api';
import { authorizeByLink, type Choices } from './person';
import { until } from './until';
import { WorkflowTime } from './workflow-time';
import type { YearStack } from './year-stack';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** What is due is done a moment after; this long is waited for it. Also longer than the two clocks may be apart. */
const A_MOMENT_MS = 60_000;

export interface Notice {
  /** Before the deadline. */
  days: number;
  /** RFC 3339. */
  deadline: string;
  givenAt: string;
}

/** One consent, and the time it lives in. */
export class ConsentLife {
  readonly #time: WorkflowTime;

  private constructor(
    readonly year: YearStack,
    readonly id: string,
    readonly workflowId: string,
    readonly launchUrl: string,
  ) {
    const { connection, stack } = year;
    this.#time = new WorkflowTime(connection, stack.temporalNamespace, workflowId);
  }

  /** An application asks; nobody has opened the link yet. */
  static async begin(year: YearStack, changes: object = {}): Promise<ConsentLife> {
    const { id, workflowId, launchUrl } = await year.api.request('alice', changes);
    if (launchUrl === undefined) throw new Error(`consent ${id} has no launch URL`);
    return new ConsentLife(year, id, workflowId, launchUrl);
  }

  view(): Promise<ConsentView> {
    return this.year.api.consent(this.id);
  }

  /** What its workflow takes for the time, in epoch milliseconds. */
  now(): Promise<number> {
    return this.#time.now();
  }

  /** The person walks a link to its end, which is a grant. */
  async authorize(launchUrl: string, choices?: Choices): Promise<ConsentView> {
    const { receiptId: before } = await this.view();
    await authorizeByLink(this.year.stack, launchUrl, choices);
    return this.reaches('active', ({ receiptId }) => receiptId !== undefined && receiptId !== before);
  }

  /**
   * Lets time pass for this consent, and for everybody else, until a moment after an instant. The others go ahead, in one step: what
   * is due on the way finds them where it will be. A notification that is on its way arrives first: it is signed for a minute.
   */
  async passUntil(instant: number): Promise<'there' | 'ended'> {
    await until('the delivery of what the bank has published', () => this.year.bank.hasSpoken());
    await this.year.clock.moveTo(instant + A_MOMENT_MS);
    return this.#time.passUntil(instant + A_MOMENT_MS);
  }

  async reaches(status: string, more: (view: ConsentView) => boolean = () => true): Promise<ConsentView> {
    return until(`${this.id} being ${status} as it should`, async () => {
      const view = await this.view();
      return view.status === status && more(view) ? view : undefined;
    });
  }

  /** Every notice that was ever given, in the order of their being given. */
  async notices(): Promise<Notice[]> {
    const client = new DatabaseClient({ connectionString: this.year.stack.databaseUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ days: number; deadline: Date; created_at: Date }>(
        'SELECT days, deadline, created_at FROM notices WHERE consent_id = $1 ORDER BY created_at',
        [this.id],
      );
      return rows.map(({ days, deadline, created_at: givenAt }) => ({
        days,
        deadline: deadline.toISOString(),
        givenAt: givenAt.toISOString(),
      }));
    } finally {
      await client.end();
    }
  }
}
