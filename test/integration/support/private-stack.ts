import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startStack, type Stack, type StackOptions } from '../../../scripts/dev/stack';
import type { SupervisedChild } from '../../../scripts/setup/child-process';

/** A stack that a test may break: its own processes, ports and data. `end` stops it and removes everything. */
export interface PrivateStack {
  readonly stack: Stack;
  child(name: 'postgres' | 'temporal' | 'bank' | 'worker' | 'api'): SupervisedChild;
  end(): Promise<void>;
}

/** Starting takes some ten seconds when nothing else runs, and several times that on a busy machine. */
export const START_WITHIN_MS = 180_000;

export async function startPrivateStack(options: Partial<StackOptions> = {}): Promise<PrivateStack> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-stack-'));
  // In a file, so that Temporal can be killed too.
  const temporalDataFile = path.join(dataDir, 'temporal.sqlite');
  const stack = await startStack({ dataDir, ports: 'random', ui: false, temporalDataFile, ...options }).catch(
    async (error: unknown) => {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    },
  );
  return {
    stack,
    child(name) {
      const child = stack.children[name];
      if (!child) throw new Error(`this stack has no ${name}`);
      return child;
    },
    async end() {
      // A paused process does not hear that it is to stop.
      for (const child of Object.values(stack.children)) child?.resume();
      await stack.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
