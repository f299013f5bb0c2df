import { setTimeout as sleep } from 'node:timers/promises';

/** How long a stop waits for parts that are still starting; what is left then is ended as the process exits. */
const SETTLE_WITHIN_MS = 5_000;

/** Remembers everything that was started, so that a failure or a Ctrl-C at any moment leaves nothing behind. */
export class Parts {
  private readonly abort = new AbortController();
  private readonly starting = new Set<Promise<unknown>>();
  private readonly stops: (() => Promise<void>)[] = [];
  private stopping: Promise<void> | undefined;

  /** Aborted as soon as the parts are being stopped: whoever is waiting for readiness gives up. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Waits for a part to start and keeps in mind how to stop it. One that comes too late is stopped right away. */
  async start<Part>(work: () => Promise<Part>, stop: (part: Part) => Promise<void>): Promise<Part> {
    this.signal.throwIfAborted();
    const starting = work();
    this.starting.add(starting);
    try {
      const part = await starting;
      if (this.signal.aborted) await stop(part);
      else this.stops.push(() => stop(part));
      this.signal.throwIfAborted();
      return part;
    } finally {
      this.starting.delete(starting);
    }
  }

  /** Stops the last started part first: users before what they use. */
  stopAll(reason: unknown = new Error('stopped')): Promise<void> {
    this.stopping ??= this.stopInOrder(reason);
    return this.stopping;
  }

  private async stopInOrder(reason: unknown): Promise<void> {
    this.abort.abort(reason);
    await Promise.race([Promise.allSettled(this.starting), sleep(SETTLE_WITHIN_MS, undefined, { ref: false })]);
    const failures: unknown[] = [];
    for (const stop of this.stops.reverse()) {
      await stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts could not be stopped');
  }
}
