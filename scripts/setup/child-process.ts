import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { forgetGroup, killGroupOnExit } from './exit-guard';
import { lastLines, sizeOf } from './log-tail';
import type { Probe } from './readiness';
import { removeRunFile, signalGroup, writeRunFile } from './run-file';

export interface ChildOptions {
  /** Names its run file and appears in messages. */
  name: string;
  command: string;
  args: string[];
  /** The whole environment, not an addition to ours. */
  env: NodeJS.ProcessEnv;
  logFile: string;
  runDirectory: string;
  ready: Probe;
  readyWithinMs?: number;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** What asks it to end cleanly; PostgreSQL wants SIGINT. */
  stopSignal?: NodeJS.Signals;
  stopWithinMs?: number;
  /** How often to try again when it dies at once; for a server that must wait for the remains of its predecessor. */
  retries?: number;
  /** Gives the start up: the process is ended and the start rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Two cores shared by everything: a cold start may take long. A death is noticed at once, whatever this says. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;
const PROBE_EVERY_MS = 25;
const RETRY_AFTER_MS = 300;

export class ChildDiedError extends Error {
  override readonly name = 'ChildDiedError';
}

/** A process of ours: started in its own group, logged to a file, ready before anyone uses it, and ended for certain. */
export class SupervisedChild {
  private process: ChildProcess | undefined;
  private exit: Promise<string> = Promise.resolve('not started');
  private logStart = 0;

  private constructor(private readonly options: ChildOptions) {}

  static async start(options: ChildOptions): Promise<SupervisedChild> {
    const child = new SupervisedChild(options);
    await child.launch();
    return child;
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.running ? this.process?.pid : undefined;
  }

  get logFile(): string {
    return this.options.logFile;
  }

  get env(): NodeJS.ProcessEnv {
    return this.options.env;
  }

  get running(): boolean {
    return this.process?.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves with a word on how it ended, once it has. */
  get exited(): Promise<string> {
    return this.exit;
  }

  /** Asks it to end, then makes it. Stopping what has ended is fine. */
  async stop(): Promise<void> {
    const { stopSignal = 'SIGTERM', stopWithinMs = STOP_WITHIN_MS, runDirectory, name } = this.options;
    const pid = this.process?.pid;
    if (pid === undefined) return;
    if (this.running) {
      signalGroup(pid, stopSignal);
      // A paused process does not hear the signal until it continues.
      signalGroup(pid, 'SIGCONT');
      const ended = await Promise.race([this.exit.then(() => true), sleep(stopWithinMs, false, { ref: false })]);
      if (!ended) signalGroup(pid, 'SIGKILL');
      await this.exit;
    }
    // Grandchildren that outlived it, such as a shell's, go too.
    signalGroup(pid, 'SIGKILL');
    forgetGroup(pid);
    this.process = undefined;
    await removeRunFile(runDirectory, name);
  }

  /** For chaos tests: ends it the hard way and waits until it is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const pid = this.process?.pid;
    if (pid === undefined || !this.running) return;
    signalGroup(pid, signal);
    await this.exit;
    forgetGroup(pid);
  }

  pause(): void {
    if (this.process?.pid !== undefined) signalGroup(this.process.pid, 'SIGSTOP');
  }

  resume(): void {
    if (this.process?.pid !== undefined) signalGroup(this.process.pid, 'SIGCONT');
  }

  /** Ends it if need be and starts it again, with changed environment variables if given. */
  async restart(env: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.stop();
    Object.assign(this.options.env, env);
    await this.launch();
  }

  private async launch(retriesLeft = this.options.retries ?? 0): Promise<void> {
    try {
      await this.launchOnce();
    } catch (error) {
      if (retriesLeft === 0 || this.options.signal?.aborted) throw error;
      await sleep(RETRY_AFTER_MS);
      await this.launch(retriesLeft - 1);
    }
  }

  private async launchOnce(): Promise<void> {
    const { runDirectory, name, stopSignal = 'SIGTERM' } = this.options;
    this.options.signal?.throwIfAborted();
    const pid = await this.spawn();
    try {
      await writeRunFile(runDirectory, name, pid, stopSignal);
      await this.becomesReady();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private spawn(): Promise<number> {
    const { command, args, env, logFile, cwd, uid, gid } = this.options;
    mkdirSync(path.dirname(logFile), { recursive: true });
    this.logStart = sizeOf(logFile);
    const log = openSync(logFile, 'a', 0o600);
    const account = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
    // Its own group: a Ctrl-C in the terminal reaches only us, and we stop the parts in order.
    const child = spawn(command, args, { env, cwd, ...account, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.process = child;
    this.exit = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve(signal ?? `code ${String(code)}`);
      });
    });
    return new Promise((resolve, reject) => {
      child.once('error', (error) => {
        reject(new ChildDiedError(`${this.name} could not be started: ${error.message}`));
      });
      child.once('spawn', () => {
        const pid = child.pid ?? 0;
        killGroupOnExit(pid);
        resolve(pid);
      });
    });
  }

  private async becomesReady(): Promise<void> {
    const { ready, readyWithinMs = READY_WITHIN_MS } = this.options;
    const deadline = Date.now() + readyWithinMs;
    while (Date.now() < deadline) {
      this.options.signal?.throwIfAborted();
      const answer = await Promise.race([ready().catch(() => false), this.exit]);
      if (typeof answer === 'string')
        throw new ChildDiedError(await this.explain(`ended with ${answer} before it was ready`));
      if (answer) return;
      await Promise.race([sleep(PROBE_EVERY_MS), this.exit]);
    }
    throw new ChildDiedError(await this.explain(`was not ready within ${readyWithinMs / 1000} s`));
  }

  private async explain(what: string): Promise<string> {
    const tail = await lastLines(this.logFile, 15, this.logStart);
    return `${this.name} ${what}. ${tail ? `Its last words (${this.logFile}):\n${tail}` : `It logged nothing (${this.logFile}).`}`;
  }
}
