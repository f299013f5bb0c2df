import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureHistories } from './consent-years/run';
import { historyTables } from './consent-years/tables';
import { measureCustody } from './custody/run';
import { custodyTables } from './custody/tables';
import { measureEvidence } from './evidence/run';
import { evidenceTables } from './evidence/tables';
import { LoadGenerator } from './load-generator';
import { FULL, QUICK } from './plan';
import { publish, publishCustody, publishEvidence, publishHistories, publishWebhooks } from './publish';
import { writeResult } from './results';
import { runPlan } from './run';
import { setStage } from './stage';
import { tablesOf } from './table';
import { measureWebhooks } from './webhooks/run';
import { webhooksTables } from './webhooks/tables';

const USAGE = `npm run bench                  the durable flow beside the same flow hand-rolled; some minutes
npm run bench -- --quick       a small run that shows that everything works
npm run bench -- --publish     puts the latest full run's figures into docs/performance.md; runs nothing
npm run bench -- custody       data calls, refreshes and sealing beside the same done bare; --quick and --publish as above
npm run bench -- evidence      appends, signatures, export and verification beside the same done bare; --quick and --publish as above
npm run bench -- webhooks      the outbox, deliveries, pages and streams of events beside the same done bare; --quick and --publish as above
npm run bench -- histories     what a consent's year leaves in Temporal, and the memory of sleepers; --quick and --publish as above
npm run bench -- --profile DIR also writes CPU profiles of API and worker there, for Chrome's DevTools`;

/** Nothing here is worth more patience: a machine on which it takes longer tells nothing. */
const RUN_WITHIN_MS = 20 * 60_000;
/** Ten thousand consents take their time on a small machine. */
const HISTORIES_WITHIN_MS = 40 * 60_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [subject = 'flows'] = positionals;
  const { quick } = values;
  const profileDirectory = values.profile && path.resolve(values.profile);
  if (values.help || !(subject in PUBLICATIONS)) console.log(USAGE);
  else if (values.publish) console.log(PUBLICATIONS[subject as keyof typeof PUBLICATIONS]());
  else if (subject === 'histories') await benchHistories(quick);
  else if (subject === 'evidence') await benchEvidence(quick);
  else if (subject === 'webhooks') await benchWebhooks(quick, profileDirectory);
  else if (subject === 'custody') await benchCustody(quick, profileDirectory);
  else await bench(quick, profileDirectory);
}

const PUBLICATIONS = {
  flows: publish,
  custody: publishCustody,
  evidence: publishEvidence,
  histories: publishHistories,
  webhooks: publishWebhooks,
};

async function benchCustody(quick: boolean, profileDirectory: string | undefined): Promise<void> {
  endIn(RUN_WITHIN_MS);
  const result = await measureCustody(quick, tell, profileDirectory);
  console.log(`\n${custodyTables(result)}\n\n${writeResult(result, 'custody-')}`);
}

async function benchEvidence(quick: boolean): Promise<void> {
  endIn(RUN_WITHIN_MS);
  const result = await measureEvidence(quick, tell);
  console.log(`\n${evidenceTables(result)}\n\n${writeResult(result, 'evidence-')}`);
}

async function benchWebhooks(quick: boolean, profileDirectory: string | undefined): Promise<void> {
  endIn(RUN_WITHIN_MS);
  const result = await measureWebhooks(quick, tell, profileDirectory);
  console.log(`\n${webhooksTables(result)}\n\n${writeResult(result, 'webhooks-')}`);
}

async function benchHistories(quick: boolean): Promise<void> {
  endIn(HISTORIES_WITHIN_MS);
  const result = await measureHistories(quick, tell);
  console.log(`\n${historyTables(result)}\n\n${writeResult(result, 'histories-')}`);
}

function endIn(milliseconds: number): void {
  setTimeout(() => {
    console.error(`the benchmark took longer than ${milliseconds / 60_000} minutes and was given up`);
    process.exit(1);
  }, milliseconds).unref();
  // The children's groups are killed as this process exits, and the next run starts from empty databases.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
}

function tell(line: string): void {
  console.error(`» ${line}`);
}

async function bench(quick: boolean, profileDirectory: string | undefined): Promise<void> {
  endIn(RUN_WITHIN_MS);
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
