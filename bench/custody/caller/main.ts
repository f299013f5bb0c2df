import { performance } from 'node:perf_hooks';
import { connectDirectly } from './direct';
import type { CallAnswer, CallOrder, CallReport, DataTarget } from './messages';
import { connectThroughUs } from './through';

/** Whoever wants the data: a process of its own, so that its work is counted apart. Takes orders over IPC, one at a time. */
process.on('message', (order: CallOrder) => {
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

function reply(answer: CallAnswer): void {
  process.send?.(answer);
}

/** So many calls at a time as ordered, over all consents in turn. Any failure ends it. */
async function carryOut(order: CallOrder): Promise<CallReport> {
  const call = order.way === 'direct' ? await connectDirectly(order) : connectThroughUs(order);
  // Connections, nonces and keys are there before anything counts.
  await Promise.all(order.targets.map(call));
  const times: number[] = [];
  let begun = 0;
  const keepGoing = async (): Promise<void> => {
    while (begun < order.calls) {
      const target = targetAt(order, begun);
      begun += 1;
      const startedAt = performance.now();
      await call(target);
      times.push(performance.now() - startedAt);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: order.concurrency }, keepGoing));
  return { times, elapsedMs: performance.now() - startedAt };
}

function targetAt({ targets }: CallOrder, index: number): DataTarget {
  const target = targets[index % targets.length];
  if (!target) throw new Error('there is no consent to read with');
  return target;
}
