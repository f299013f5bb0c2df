import path from 'node:path';
import { parseArgs } from 'node:util';
import { LoadGenerator } from './load-generator';
import { FULL, QUICK } from './plan';
import { publish } from './publish';
import { writeResult } from './results';
import { runPlan } from './run';
import { setStage } from './stage';
import { tablesOf } from './table';

const USAGE = `npm run bench                  the durable flow beside the same flow hand-rolled; some minutes
npm run bench -- --quick       a small run that shows that everything works
npm run bench -- --publish     puts the latest full run's figures into docs/performance.md; runs nothing
npm run bench -- --profile DIR also writes CPU profiles of API and worker there, for Chrome's DevTools`;

/** Nothing here is worth more patience: a machine on which it takes longer tells nothing. */
const RUN_WITHIN_MS = 20 * 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.publish) console.log(publish());
  else await bench(values.quick, values.profile && path.resolve(values.profile));
}

async function bench(quick: boolean, profileDirectory: string | undefined): Promise<void> {
  setTimeout(() => {
    console.error(`the benchmark took longer than ${RUN_WITHIN_MS / 60_000} minutes and was given up`);
    process.exit(1);
  }, RUN_WITHIN_MS).unref();
  // The children's groups are killed as this process exits, and the next run starts from empty databases.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

  const tell = (line: string): void => {
    console.error(`» ${line}`);
  };
  const stage = await setStage({ tell, profileDirectory });
  const load = new LoadGenerator();
  try {
    const result = await runPlan({ stage, load, plan: quick ? QUICK : FULL, quick, tell });
    console.log(`\n${tablesOf(result)}\n\n${writeResult(result)}`);
  } finally {
    load.stop();
    await stage.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
