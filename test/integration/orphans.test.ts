import { randomUUID } from 'node:crypto';
import type { ConsentStatus } from '../../src/domain/consent';
import type { ConsentId } from '../../src/domain/ids';
import { HOUR_MS, useHousekeeping } from './support/housekeeping-stage';
import { plantConsent } from './support/planted-consent';

const stage = useHousekeeping();

describe('a row without a workflow', () => {
  test.each<[string, ConsentStatus, object]>([
    ['is active', 'active', {}],
    ['waits for the person', 'authorizing', {}],
    ['has ended, with a bank still to be told', 'revoked', { bank_ending: 'pending' }],
    ['has ended and is still to be purged', 'expired', { bank_ending: 'done' }],
  ])('is found when its consent %s: the workflow is started again from the row', async (_what, status, columns) => {
    const [lost, killed] = [
      await plantConsent(stage().books, status, columns as never),
      await plantConsent(stage().books, status, columns as never),
    ];
    await stage().temporal.start(killed.id);
    await stage().temporal.terminate(killed.id);
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ started: 2, put_off: 0 });
    for (const each of [lost, killed]) {
      expect(await stage().temporal.statusOf(each.id)).toBe('RUNNING');
      expect(await stage().rowOf(each)).toMatchObject({ status, workflow_seen_at: expect.any(Date) as Date });
    }
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ started: 0, running: 0 });
  });

  test('is not one while the workflow runs, and is looked at once a day only', async () => {
    const consent = await plantConsent(stage().books, 'active');
    await stage().temporal.start(consent.id);
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ running: 1, started: 0 });
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ running: 0, started: 0 });
    await stage().books.run(`UPDATE consents SET workflow_seen_at = now() - interval '21 hours' WHERE id = $1`, [
      consent.id,
    ]);
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ running: 1, started: 0 });
  });

  test('that lags behind a workflow which completed is ended as the workflow was, and its tokens are destroyed', async () => {
    const consent = await plantConsent(stage().books, 'active');
    await stage().temporal.start(consent.id, 'revoked');
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ caught_up: 1, revived: 0 });
    expect(await stage().rowOf(consent)).toMatchObject({
      status: 'revoked',
      failure: 'consent_revoked',
      ended_at: expect.any(Date) as Date,
    });
    expect(await stage().tokensOf(consent)).toBe(0);
    expect(await stage().temporal.statusOf(consent.id)).toBe('COMPLETED');
  });

  test('with a grant whose workflow completed as something that a grant never becomes is continued, never dropped', async () => {
    const consent = await plantConsent(stage().books, 'active');
    await stage().temporal.start(consent.id, 'denied');
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ caught_up: 0, revived: 1 });
    expect(await stage().rowOf(consent)).toMatchObject({ status: 'active' });
    expect(await stage().tokensOf(consent)).toBe(2);
    expect(await stage().temporal.statusOf(consent.id)).toBe('RUNNING');
  });

  test('that ended with its workflow is left to its purge', async () => {
    const consent = await plantConsent(stage().books, 'expired', { bank_ending: 'done' });
    await stage().temporal.start(consent.id, 'expired');
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({
      ended_before: 1,
      started: 0,
      revived: 0,
    });
    expect(await stage().temporal.statusOf(consent.id)).toBe('COMPLETED');
  });
});

describe('a workflow without a row', () => {
  const stray = (): ConsentId => `cns_${randomUUID().replaceAll('-', '')}` as ConsentId;

  async function strays(count: number): Promise<ConsentId[]> {
    const ids = Array.from({ length: count }, stray);
    await Promise.all(ids.map((id) => stage().temporal.start(id)));
    return ids;
  }

  test('is terminated with the reason once it is an hour old; one with a row runs on and is noted as seen', async () => {
    const consent = await plantConsent(stage().books, 'active');
    const [id = stray()] = await strays(1);
    await stage().temporal.start(consent.id);
    await stage().temporal.lists(2);
    expect((await stage().sweep('endOrphanWorkflows')).counts).toMatchObject({
      listed: 2,
      young: 1,
      orphans: 0,
      terminated: 0,
    });
    expect(await stage().temporal.statusOf(id)).toBe('RUNNING');

    stage().agedByMs = HOUR_MS;
    expect((await stage().sweep('endOrphanWorkflows')).counts).toMatchObject({ listed: 2, orphans: 1, terminated: 1 });
    expect(await stage().temporal.statusOf(id)).toBe('TERMINATED');
    expect(await stage().temporal.statusOf(consent.id)).toBe('RUNNING');
    const history = await stage().temporal.client.workflow.getHandle(`consent-${id}`).fetchHistory();
    const reason = history.events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason;
    expect(reason).toContain('there is no consent for this workflow in the database');
    // What was listed need not be asked for one by one.
    expect((await stage().sweep('restartMissingWorkflows')).counts).toMatchObject({ running: 0, started: 0 });
  });

  test('is left alone when there are so many that the database is likelier to be the wrong one', async () => {
    const ids = await strays(21);
    await stage().temporal.lists(21);
    stage().agedByMs = HOUR_MS;
    const report = await stage().sweep('endOrphanWorkflows');
    expect(report.counts).toMatchObject({ listed: 21, orphans: 21, terminated: 0 });
    expect(report.stopped).toContain('likelier to be the wrong one');
    expect(stage().logged.at(-1)?.message).toContain('housekeeping stopped');
    for (const id of ids) expect(await stage().temporal.statusOf(id)).toBe('RUNNING');
  });

  test('is never one of another kind: what is not named after a consent is not touched', async () => {
    await stage().temporal.client.workflow.start('ConsentWorkflow', {
      workflowId: 'consent-of-somebody-else',
      taskQueue: 'elsewhere',
      args: [{}],
    });
    await stage().temporal.lists(1);
    stage().agedByMs = HOUR_MS;
    expect((await stage().sweep('endOrphanWorkflows')).counts).toMatchObject({ foreign: 1, orphans: 0, terminated: 0 });
    const { status } = await stage().temporal.client.workflow.getHandle('consent-of-somebody-else').describe();
    expect(status.name).toBe('RUNNING');
  });
});
