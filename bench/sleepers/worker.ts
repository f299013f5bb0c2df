import { NativeConnection, Runtime, Worker, DefaultLogger } from '@temporalio/worker';
import { compiled } from '../../scripts/setup/repository';
import { parseKeyRing } from '../../src/store/key-ring';
import { dataConverterFor } from '../../src/temporal/connection';
import { TASK_QUEUE } from '../../src/workflows/contract';
import { fakeActivities, type Counters } from './fake-activities';
import type { WorkerOrder, WorkerReport } from './messages';

const TELL_EVERY_MS = 100;

/** A worker with the product's bundle and codec, in a process of its own, so that its memory is nobody else's. */
process.once('message', (order: WorkerOrder) => {
  run(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));

async function run({ temporalAddress, payloadKeys, maxCachedWorkflows }: WorkerOrder): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const counters: Counters = { asleep: 0, reviewed: 0 };
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address: temporalAddress }),
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: compiled('workflow-bundle.js') },
    dataConverter: dataConverterFor(parseKeyRing(payloadKeys)),
    activities: fakeActivities(counters),
    ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
  });
  report({ kind: 'running', maxCachedWorkflows: worker.options.maxCachedWorkflows });
  setInterval(() => {
    report({ kind: 'asleep', consents: counters.asleep });
    report({ kind: 'reviewed', consents: counters.reviewed });
  }, TELL_EVERY_MS).unref();
  // Until SIGTERM, which the SDK takes for its own.
  await worker.run();
  process.exit(0);
}

function report(message: WorkerReport): void {
  process.send?.(message);
}
