import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { LIVES } from '../../scripts/recorded-lives';
import { bundleOf, workflowBundle } from '../workflow/support/bundle';
import { recordedHistory, recordingConverter } from './support/recorded';

/** Consents that lived under the last version, to their end or until they were asleep. */
const OF_THE_LAST_VERSION = [
  'abandoned',
  'active-then-expired',
  'asleep',
  'bank-slow-then-granted',
  'denied',
  'lost-then-granted',
  'par-refused',
] as const;

/** Every way through the workflow that a consent alive in production may have taken. */
const RECORDED = [...OF_THE_LAST_VERSION, ...Object.keys(LIVES)];

beforeAll(() => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
    shutdownSignals: [],
  });
});

afterAll(() => Runtime.instance().shutdown());

function replay(bundle: WorkflowBundleOption, name: string): Promise<void> {
  return Worker.runReplayHistory(
    { workflowBundle: bundle, dataConverter: recordingConverter(), replayName: name },
    recordedHistory(name),
    `cns_${name}`,
  );
}

function isComplete(name: string): boolean {
  return Boolean(recordedHistory(name).events?.at(-1)?.workflowExecutionCompletedEventAttributes);
}

it('has a history of every life that can be recorded, and no history that is not replayed', () => {
  const files = readdirSync(path.join(__dirname, 'histories'))
    .filter((file) => file.endsWith('.json') && !file.startsWith('registration-'))
    .map((file) => path.basename(file, '.json'));
  expect([...files].sort()).toEqual([...RECORDED].sort());
});

describe('the workflow as it is now', () => {
  it.each(RECORDED)('continues a consent that was recorded as %s', async (name) => {
    await expect(replay(await workflowBundle(), name)).resolves.toBeUndefined();
  });
});

describe('a change that would break consents in flight', () => {
  let careless: WorkflowBundleOption;
  let hasty: WorkflowBundleOption;

  beforeAll(async () => {
    careless = await bundleOf(path.join(__dirname, 'support/careless-consent.ts'));
    hasty = await bundleOf(path.join(__dirname, 'support/hasty-consent.ts'));
  });

  it.each(RECORDED)('at the beginning is caught by the history of %s', async (name) => {
    await expect(replay(careless, name)).rejects.toThrow(DeterminismViolationError);
  });

  it.each(RECORDED.filter(isComplete))('at the very end is caught by the history of %s', async (name) => {
    await expect(replay(hasty, name)).rejects.toThrow(DeterminismViolationError);
  });
});
