import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';
import { compiled, repositoryRoot } from '../../../scripts/setup/repository';

/** What ends up in the bundle. */
const SOURCES = ['src/workflows', 'src/domain', 'src/temporal/failure-converter.ts'].map((name) =>
  path.join(repositoryRoot, name),
);

/** The bundle that a worker would run: the built one while it is newer than its sources, else one made now (some seconds). */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  const built = compiled('workflow-bundle.js');
  if (changedAt(built) >= Math.max(...SOURCES.flatMap(filesOf).map(changedAt))) return { codePath: built };
  return bundleOf(path.join(repositoryRoot, 'src/workflows/index.ts'));
}

/** A bundle of other workflows, with the failure converter of ours. */
export function bundleOf(workflowsPath: string): Promise<WorkflowBundleOption> {
  return bundleWorkflowCode({
    workflowsPath,
    failureConverterPath: path.join(repositoryRoot, 'src/temporal/failure-converter.ts'),
    logger: new DefaultLogger('WARN'),
  });
}

function filesOf(entry: string): string[] {
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry).map((name) => path.join(entry, name));
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
