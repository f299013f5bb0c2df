import { setTimeout as delay } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** So long the clock may go no faster than a real one before we look into why. Skipping a year takes it milliseconds. */
const PATIENCE_MS = 4_000;

/**
 * The clock of the server that skips time. The server holds it while anything is under way, by counting; on a busy machine the
 * count sometimes stays up although nothing is, and the clock would run at the speed of a real one for good. Whoever lets time pass
 * here has that seen and put right.
 */
export class SkippingClock {
  constructor(
    private readonly env: TestWorkflowEnvironment,
    /** Whether no step of any workflow runs or is about to: then nothing is left that the clock is rightly held for. */
    private readonly nothingIsUnderWay: () => Promise<boolean>,
  ) {}

  /** The server's time, in epoch milliseconds. */
  now(): Promise<number> {
    return this.env.currentTimeMs();
  }

  sleep(milliseconds: number): Promise<void> {
    return this.passing(() => this.env.sleep(milliseconds));
  }

  /** Does something that ends only when time is skipped. */
  async passing<Result>(work: () => Promise<Result>): Promise<Result> {
    const over = new AbortController();
    const watch = this.watch(over.signal);
    try {
      return await Promise.race([work(), watch]);
    } finally {
      over.abort();
    }
  }

  private async watch(signal: AbortSignal): Promise<never> {
    const { testService } = this.env.connection;
    for (;;) {
      const before = await this.now();
      await delay(PATIENCE_MS, undefined, { signal });
      const isHeld = (await this.now()) - before < 2 * PATIENCE_MS;
      if (isHeld && testService && (await this.nothingIsUnderWay())) await testService.unlockTimeSkipping({});
    }
  }
}
