import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../../scripts/setup/repository';
import type { WorkerOrder, WorkerReport } from './messages';

/** It loads a bundle of two megabytes and connects. */
const READY_WITHIN_MS = 60_000;

/** This side of a worker's process. */
export class SleepingWorker {
  maxCachedWorkflows = 0;
  asleep = 0;
  reviewed = 0;
  readonly #child: ChildProcess;

  private constructor() {
    // It ends when this process does: its channel closes.
    this.#child = fork(compiled('bench/sleepers/worker.js'), [], { execArgv: [] });
    this.#child.on('message', (report: WorkerReport) => {
      if (report.kind === 'running') this.maxCachedWorkflows = report.maxCachedWorkflows;
      else this[report.kind] = report.consents;
    });
  }

  static async start(order: WorkerOrder): Promise<SleepingWorker> {
    const worker = new SleepingWorker();
    worker.#child.send(order);
    await worker.until('a worker that polls', READY_WITHIN_MS, () => worker.maxCachedWorkflows > 0);
    return worker;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws {Error} when the worker has died, or `what` does not happen in time */
  async until(what: string, withinMs: number, happened: () => boolean): Promise<void> {
    for (const giveUpAt = Date.now() + withinMs; !happened();) {
      if (this.#child.exitCode !== null) throw new Error('a worker died');
      if (Date.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs / 1000} s`);
      await sleep(50);
    }
  }

  /** In order: the server is told that nothing is cached here any more. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await gone;
  }
}
