import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../scripts/setup/repository';
import type { LoadAnswer, LoadOrder, LoadReport } from './load/messages';

/** A leg that takes longer is stuck, or the machine is too small for the figures to mean anything. */
const LEG_WITHIN_MS = 180_000;

/** This side of the load generator's process. */
export class LoadGenerator {
  readonly #child: ChildProcess;
  readonly #death: Promise<never>;

  constructor() {
    // It ends when this process does: its channel closes.
    this.#child = fork(compiled('bench/load/main.js'), [], { execArgv: [] });
    this.#death = new Promise((_, reject) => {
      this.#child.once('exit', () => {
        reject(new Error('the load generator died'));
      });
    });
    // Told to whoever is waiting for a leg; between two legs nobody is.
    this.#death.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws {Error} when one flow fails: figures of a run with failures would compare nothing */
  async run(order: LoadOrder): Promise<LoadReport> {
    const answer = await Promise.race([this.#ask(order), this.#death, this.#tooLate()]);
    if (answer.kind === 'failed') throw new Error(`a flow at ${order.target.apiUrl} failed: ${answer.message}`);
    return answer.report;
  }

  stop(): void {
    this.#child.disconnect();
  }

  #ask(order: LoadOrder): Promise<LoadAnswer> {
    return new Promise((resolve) => {
      this.#child.once('message', resolve);
      this.#child.send(order);
    });
  }

  async #tooLate(): Promise<never> {
    await sleep(LEG_WITHIN_MS, undefined, { ref: false });
    throw new Error(`a leg took longer than ${LEG_WITHIN_MS / 1000} s`);
  }
}
