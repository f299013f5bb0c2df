import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { Errands } from './continuation';
import { attendEndings } from './endings';
import type { Life } from './life';
import { attendReports } from './reports';

export function runErrands(life: Life): Errands {
  const scope = new CancellationScope();
  const running = scope.run(() => Promise.resolve([attendEndings(life), attendReports(life)].map(untilStopped)));
  // All of them: one may be in the middle of what it must not leave half done.
  const stopped = running.then((errands) => Promise.all(errands)).then(() => undefined);
  return {
    stop() {
      scope.cancel();
      return stopped;
    },
  };
}

async function untilStopped(errand: Promise<never>): Promise<void> {
  try {
    await errand;
  } catch (error) {
    if (!isCancellation(error)) throw error;
  }
}
