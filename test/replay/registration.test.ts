import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { registrationWorkflowId, type InstitutionId } from '../../src/domain/ids';
import { workflowBundle } from '../workflow/support/bundle';
import { recordedHistory, recordingConverter } from './support/recorded';

/** Every way through the workflow that a registration under way may have taken. */
const RECORDED = [
  'registration-registered',
  'registration-lost-twice',
  'registration-weakened',
  'registration-refused',
  'registration-updated',
  'registration-deleted',
  'registration-forgotten',
] as const;

beforeAll(() => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
    shutdownSignals: [],
  });
});

afterAll(() => Runtime.instance().shutdown());

describe('the workflow as it is now', () => {
  it.each(RECORDED)('continues a registration that was recorded as %s', async (name) => {
    const replay = Worker.runReplayHistory(
      { workflowBundle: await workflowBundle(), dataConverter: recordingConverter(), replayName: name },
      recordedHistory(name),
      registrationWorkflowId(name as string as InstitutionId),
    );
    await expect(replay).resolves.toBeUndefined();
  });
});
