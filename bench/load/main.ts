import { performance } from 'node:perf_hooks';
import { runFlow } from './flow';
import type { Flow, LoadAnswer, LoadOrder, LoadReport } from './messages';
import { Site } from './site';

/** The load generator: a process of its own, so that its work is counted apart. Takes orders over IPC, one at a time. */
process.on('message', (order: LoadOrder) => {
  carryOut(order).then(
    (report) => {
      reply({ kind: 'done', report });
    },
    (error: unknown) => {
      reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    },
  );
});
process.on('disconnect', () => process.exit(0));

function reply(answer: LoadAnswer): void {
  process.send?.(answer);
}

/** As many people at once as ordered, each starting anew as soon as they are done. Any failure ends it. */
async function carryOut({ target, flows, concurrency }: LoadOrder): Promise<LoadReport> {
  const sites = {
    api: new Site(target.apiUrl, { connections: concurrency }),
    bank: new Site(target.bankUrl, { connections: concurrency, caPem: target.caPem }),
  };
  const finished: Flow[] = [];
  let begun = 0;
  const keepGoing = async (): Promise<void> => {
    while (begun < flows) {
      begun += 1;
      finished.push(await runFlow(target, sites, `bench-${begun}`));
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, keepGoing));
  const elapsedMs = performance.now() - startedAt;
  await Promise.all([sites.api.close(), sites.bank.close()]);
  return { flows: finished, elapsedMs };
}
