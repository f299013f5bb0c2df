import type { temporal } from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import { consentWorkflowId, type ConsentId } from '../../src/domain/ids';
import { CONSENT_WORKFLOW, TASK_QUEUE } from '../../src/workflows/contract';
import { eventually, type ConsentUnderTest } from './support/consent-under-test';
import { ownersOf } from './support/history';
import { useStage } from './support/stage';

const stage = useStage('real');

type Event = temporal.api.history.v1.IHistoryEvent;

async function eventsOf({ handle }: Pick<ConsentUnderTest, 'handle'>): Promise<readonly Event[]> {
  return (await handle.fetchHistory()).events ?? [];
}

/** As somebody would who may write to Temporal and has none of our keys. */
async function signalWith(consent: ConsentUnderTest, signalName: string, payloads: Payload[]): Promise<void> {
  await stage.env.client.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: consent.handle.workflowId },
    signalName,
    input: { payloads },
  });
}

const failedTasks = (events: readonly Event[]) =>
  events.flatMap(({ workflowTaskFailedEventAttributes: failed }) => (failed ? [failed] : []));

async function revocationOf(consent: ConsentUnderTest): Promise<Payload[]> {
  const signal = (await eventsOf(consent))
    .map((event) => event.workflowExecutionSignaledEventAttributes)
    .find((each) => each?.signalName === 'revoke');
  return signal?.input?.payloads ?? [];
}

describe('a payload in a history', () => {
  it('is bound to its workflow, whichever way it came there', async () => {
    const policy = { maxDurationDays: 365, oneTimeLifetimeSeconds: 3_600, eventsPerRun: 50 };
    const { consent } = await stage.connect({ input: { policy } });
    const second = await consent.renew();
    await consent.reaches('active', { grantedBy: second });
    for (let time = 0; time < 60; time += 1) await consent.report('notification');
    await eventually(async () => (await consent.runs()).events.length > 1);
    await consent.revoke();
    await consent.reaches('revoked', { bankEnding: 'done' });
    const owners = new Map<string, Set<string>>();
    const { workflowId, client } = consent.handle;
    for await (const { runId } of client.list({ query: `WorkflowId = '${workflowId}'` })) {
      for (const { place, owner } of ownersOf(await client.getHandle(workflowId, runId).fetchHistory())) {
        owners.set(place, (owners.get(place) ?? new Set()).add(owner));
      }
    }
    for (const [place, found] of owners) expect([place, [...found]]).toEqual([place, [`["default","${workflowId}"]`]]);
    expect([...owners.keys()].sort()).toEqual(
      expect.arrayContaining([
        'events.activityTaskCompletedEventAttributes.result.payloads',
        'events.activityTaskScheduledEventAttributes.input.payloads',
        'events.markerRecordedEventAttributes.details.result.payloads',
        'events.userMetadata.summary',
        'events.workflowExecutionContinuedAsNewEventAttributes.input.payloads',
        'events.workflowExecutionSignaledEventAttributes.input.payloads',
        'events.workflowExecutionStartedEventAttributes.input.payloads',
        'events.workflowExecutionUpdateAcceptedEventAttributes.acceptedRequest.input.args.payloads',
        'events.workflowExecutionUpdateCompletedEventAttributes.outcome.success.payloads',
      ]),
    );
  });

  it('that was copied out of another workflow does not start one', async () => {
    const { handle } = await stage.request();
    const [started] = await eventsOf({ handle });
    const workflowId = consentWorkflowId('cns_copied' as ConsentId);
    await stage.env.client.workflowService.startWorkflowExecution({
      namespace: 'default',
      requestId: 'copied',
      workflowId,
      workflowType: { name: CONSENT_WORKFLOW },
      taskQueue: { name: TASK_QUEUE },
      input: started?.workflowExecutionStartedEventAttributes?.input ?? null,
    });
    const copy = stage.env.client.workflow.getHandle(workflowId);
    await eventually(async () => failedTasks((await copy.fetchHistory()).events ?? []).length > 0);
    expect(stage.written).toEqual([]);
    await copy.terminate('the test is over');
  });

  it('that was copied out of another workflow tells this one nothing', async () => {
    const [{ consent: ended }, { consent: other }] = [await stage.connect(), await stage.connect()];
    await ended.revoke();
    await ended.reaches('revoked', { bankEnding: 'done' });
    const before = [...stage.written];
    await signalWith(other, 'revoke', await revocationOf(ended));
    await eventually(async () => failedTasks(await eventsOf(other)).length > 0);
    expect(stage.written).toEqual(before);
    await other.handle.terminate('the test is over');
  });

  it('that somebody without the keys made tells a workflow nothing', async () => {
    const { consent } = await stage.connect();
    const data = Buffer.from(JSON.stringify({ initiator: 'INDIVIDUAL', reason: 'USER_ACTION' }));
    await signalWith(consent, 'revoke', [{ metadata: { encoding: Buffer.from('json/plain') }, data }]);
    await eventually(async () => failedTasks(await eventsOf(consent)).length > 0);
    expect(stage.written.map(({ status }) => status)).not.toContain('revoked');
    await consent.handle.terminate('the test is over');
  });
});
