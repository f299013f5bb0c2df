import { randomBytes } from 'node:crypto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { findTemporalTestServer } from '../../scripts/setup/temporal';
import { guarded } from '../../src/activities/guard';
import type { Errand, ReconcileActivities } from '../../src/activities/reconcile';
import { ConsentFailure } from '../../src/domain/failures';
import type { ConsentId, InstitutionId } from '../../src/domain/ids';
import { parseKeyRing } from '../../src/store/key-ring';
import { dataConverterFor } from '../../src/temporal/connection';
import { CONSENT_WORKFLOW, TASK_QUEUE } from '../../src/workflows/contract';
import { RECONCILE_WORKFLOW, type ReconcileResult } from '../../src/workflows/reconcile-contract';
import { workflowBundle } from './support/bundle';

type Fakes = { readonly [Name in keyof ReconcileActivities]: jest.MockedFunction<ReconcileActivities[Name]> };

type Input<Name extends keyof ReconcileActivities> = Parameters<ReconcileActivities[Name]>[0];
type Result<Name extends keyof ReconcileActivities> = ReturnType<ReconcileActivities[Name]>;

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
let fakes: Fakes;

beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    shutdownSignals: [],
  });
  const dataConverter = dataConverterFor(parseKeyRing(`test:${randomBytes(32).toString('base64url')}`));
  const [program, bundle] = await Promise.all([findTemporalTestServer(), workflowBundle()]);
  env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: program.path } },
    client: { dataConverter },
  });
  const delegating: ReconcileActivities = {
    listErrands: (input) => fakes.listErrands(input),
    keepSubscriptions: (input) => fakes.keepSubscriptions(input),
    pollNotifications: (input) => fakes.pollNotifications(input),
    reconcileInstitution: (input) => fakes.reconcileInstitution(input),
  };
  worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    activities: guarded(delegating, () => undefined),
    dataConverter,
    workflowThreadPoolSize: 1,
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

const errandAt = (institutionId: string, changes: Partial<Errand> = {}): Errand => ({
  institutionId: institutionId as InstitutionId,
  keepsSubscriptions: false,
  polls: false,
  reconciles: true,
  ...changes,
});

beforeEach(() => {
  fakes = {
    listErrands: jest.fn<Result<'listErrands'>, [Input<'listErrands'>]>(() =>
      Promise.resolve({ errands: [errandAt('bank')] }),
    ),
    keepSubscriptions: jest.fn<Result<'keepSubscriptions'>, [Input<'keepSubscriptions'>]>(() => Promise.resolve({})),
    pollNotifications: jest.fn<Result<'pollNotifications'>, [Input<'pollNotifications'>]>(() =>
      Promise.resolve({ taken: 0 }),
    ),
    reconcileInstitution: jest.fn<Result<'reconcileInstitution'>, [Input<'reconcileInstitution'>]>(() =>
      Promise.resolve({ checked: 1, found: [], hasMore: false }),
    ),
  };
});

let rounds = 0;
function round(): Promise<ReconcileResult> {
  rounds += 1;
  return env.client.workflow.execute(RECONCILE_WORKFLOW, {
    workflowId: `round-${rounds}`,
    taskQueue: TASK_QUEUE,
    args: [{ version: 1 }],
  });
}

const institutionsOf = (name: 'keepSubscriptions' | 'pollNotifications' | 'reconcileInstitution'): string[] =>
  fakes[name].mock.calls.map(([{ institutionId }]) => institutionId);

describe('a round over the institutions', () => {
  it('does at each what is to be done there, and no more', async () => {
    fakes.listErrands.mockResolvedValue({
      errands: [
        errandAt('a'),
        errandAt('b', { polls: true, reconciles: false }),
        errandAt('c', { keepsSubscriptions: true, reconciles: false }),
      ],
    });
    expect(await round()).toEqual({ checked: 1, found: 0, untold: 0, troubled: 0 });
    expect(institutionsOf('reconcileInstitution')).toEqual(['a']);
    expect(institutionsOf('pollNotifications')).toEqual(['b']);
    expect(institutionsOf('keepSubscriptions')).toEqual(['c']);
  });

  it('goes on elsewhere, and with the other steps, when one fails', async () => {
    fakes.listErrands.mockResolvedValue({
      errands: [errandAt('a', { polls: true, keepsSubscriptions: true }), errandAt('b')],
    });
    fakes.keepSubscriptions.mockRejectedValue(new ConsentFailure('as_client_rejected'));
    fakes.pollNotifications.mockRejectedValue(new Error('a bug'));
    expect(await round()).toEqual({ checked: 2, found: 0, untold: 0, troubled: 1 });
    expect(institutionsOf('reconcileInstitution').sort()).toEqual(['a', 'b']);
  });

  it('asks on while more is due, and leaves a long queue to the next round', async () => {
    fakes.reconcileInstitution.mockImplementation(async () => {
      await env.sleep('10 seconds');
      return { checked: 10, found: [], hasMore: true };
    });
    const { checked } = await round();
    // Ten minutes of ten consents every ten seconds.
    expect(checked).toBeGreaterThanOrEqual(500);
    expect(checked).toBeLessThanOrEqual(620);
  });

  it('stops asking a bank that does not answer', async () => {
    fakes.reconcileInstitution.mockResolvedValue({
      checked: 2,
      found: [],
      hasMore: false,
      failure: 'fdx_unreachable',
    });
    expect(await round()).toMatchObject({ checked: 2, troubled: 1 });
    expect(fakes.reconcileInstitution).toHaveBeenCalledTimes(1);
  });

  it('looks at a hundred institutions in one run and at the next in another, in one result', async () => {
    fakes.listErrands.mockImplementation(({ after }) =>
      Promise.resolve(
        after === undefined
          ? { errands: [errandAt('a'), errandAt('b')], next: 'b' as InstitutionId }
          : { errands: [errandAt('c')] },
      ),
    );
    expect(await round()).toMatchObject({ checked: 3 });
    expect(fakes.listErrands.mock.calls.map(([input]) => input)).toEqual([{ limit: 100 }, { limit: 100, after: 'b' }]);
  });

  it('works on no more than ten institutions at a time', async () => {
    let atWork = 0;
    let most = 0;
    fakes.listErrands.mockResolvedValue({ errands: Array.from({ length: 25 }, (_, each) => errandAt(`bank-${each}`)) });
    fakes.reconcileInstitution.mockImplementation(async () => {
      atWork += 1;
      most = Math.max(most, atWork);
      await env.sleep('1 second');
      atWork -= 1;
      return { checked: 1, found: [], hasMore: false };
    });
    expect(await round()).toMatchObject({ checked: 25 });
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThan(1);
  });

  it('tells the workflow of each consent that is not as recorded, and counts those that have none', async () => {
    const consent = await env.client.workflow.start(CONSENT_WORKFLOW, {
      workflowId: 'consent-cns_found',
      taskQueue: 'nobody-works-here',
      args: [{ version: 2, consentId: 'cns_found' }],
    });
    fakes.reconcileInstitution.mockResolvedValue({
      checked: 3,
      found: ['cns_found', 'cns_gone'] as ConsentId[],
      hasMore: false,
    });
    expect(await round()).toEqual({ checked: 3, found: 2, untold: 1, troubled: 0 });
    const { events } = await consent.fetchHistory();
    const signals = events?.flatMap((event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? []);
    expect(signals).toEqual(['bankReported']);
    await consent.terminate();
  });
});
