import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startStack, type Stack } from '../../scripts/dev/stack';
import { stateDirectory } from '../../scripts/setup/repository';
import { AlreadyRunningError } from '../../scripts/setup/run-file';
import { STACK_VARIABLE } from './stack-access';

/**
 * The one stack of a jest run. It lives in jest's main process, where setup and teardown run, and is described to the
 * workers by a file whose name they inherit in their environment.
 */
let shared: Promise<Stack> | undefined;

/** As many test runs side by side in one clone as anybody would want. */
const PLACES = ['test', 'test-2', 'test-3', 'test-4'];

export function ensureSharedStack(): Promise<Stack> {
  shared ??= startShared();
  return shared;
}

export async function stopSharedStack(): Promise<void> {
  const stack = shared && (await shared);
  shared = undefined;
  await stack?.stop();
}

async function startShared(): Promise<Stack> {
  const abort = new AbortController();
  // Without these a Ctrl-C ends jest before its teardown and leaves the processes behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      abort.abort(new Error(signal));
      stopSharedStack()
        .catch(() => undefined)
        .finally(() => process.exit(130));
    });
  }
  const stack = await startInFirstFreePlace(abort.signal);
  const file = path.join(stack.logDirectory, '..', 'stack.json');
  await writeFile(file, JSON.stringify(stack.describe(), null, 2), { mode: 0o600 });
  process.env[STACK_VARIABLE] = file;
  process.stderr.write(
    `stack for the tests is up (${JSON.stringify(stack.startedInMs)}), logs in ${stack.logDirectory}\n`,
  );
  return stack;
}

async function startInFirstFreePlace(signal: AbortSignal): Promise<Stack> {
  for (const place of PLACES) {
    try {
      const dataDir = path.join(stateDirectory, place);
      return await startStack({ dataDir, ports: 'random', fresh: true, signal });
    } catch (error) {
      if (!(error instanceof AlreadyRunningError)) throw error;
    }
  }
  throw new Error(`${PLACES.length} test runs are already up in this clone: wait for one to end`);
}
