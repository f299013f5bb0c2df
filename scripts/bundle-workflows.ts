import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import { compiled } from './setup/repository';

/** A worker bundles its workflows for seconds at each start unless it gets them ready-made. */
async function main(): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: compiled('src/workflows/index.js'),
    // The workers' converter must be in the bundle too, or failures made in workflows would be stored in the clear.
    failureConverterPath: compiled('src/temporal/failure-converter.js'),
    logger: onlyWarnings,
  });
  await writeFile(compiled('workflow-bundle.js'), code);
  console.log(`workflow bundle: ${Math.round(Buffer.byteLength(code) / 1024)} kB`);
}

const silent = (): undefined => undefined;

/** webpack's statistics are no news; its warnings are. */
const onlyWarnings: Logger = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: (message) => {
    console.warn(message);
  },
  error: (message) => {
    console.error(message);
  },
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
