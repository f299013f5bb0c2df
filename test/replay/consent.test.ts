import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { bundleOf, workflowBundle } from '../workflow/support/bundle';
import { recordedHistory, recordingConverter } from './support/recorded';

/** Every way through the workflow that a consent alive in production may have taken. */
const RECORDED = [
  'abandoned',
  'active-then-expired',
  'asleep',
  'bank-slow-then-granted',
  'denied',
  'lost-then-granted',
  'par-refused',
] as const;

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

describe('the workflow as it is now', () => {
  it.each(RECORDED)('continues a consent that was recorded as %s', async (name) => {
    await expect(replay(await workflowBundle(), name)).resolves.toBeUndefined();
  });
});

describe('a change that would break consents in flight', () => {
  let careless: WorkflowBundleOption;

  beforeAll(async () => {
    careless = await bundleOf(path.join(__dirname, 'support/careless-consent.ts'));
  });

  it.each(['active-then-expired', 'asleep', 'denied'])('is caught by the history of %s', async (name) => {
    await expect(replay(careless, name)).rejects.toThrow(DeterminismViolationError);
  });
});
