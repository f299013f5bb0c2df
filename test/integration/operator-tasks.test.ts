import { randomUUID } from 'node:crypto';
import type { AuthorizationId, ConsentId, InstitutionId } from '../../src/domain/ids';
import { closeOperatorTask, findSettlement, openOperatorTask } from '../../src/store/operator-tasks';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { Application, type Answer } from './support/application';
import { fdxConsent } from './support/command';
import { pageBlock } from './support/page-block';
import { typed } from './support/page-shell';
import { StandInConsents } from './support/stand-in-consents';

const stack = currentStack();
const tasksOnPage = pageBlock('docs/operators.md', 'tasks');
const application = new Application(stack);
let consents: StandInConsents;
let institutionId: InstitutionId;

beforeAll(async () => {
  consents = await StandInConsents.begin(stack);
  institutionId = await consents.institution();
});
afterAll(() => consents.stop());

const command = (...args: string[]) => fdxConsent(args, stack.productEnvironment);
/** What stands on the page, typed with ids of this test. */
const asOnPage = (line: number, places: Record<string, string> = {}) =>
  typed(tasksOnPage.command(line, places), stack.productEnvironment);
const operator = (target: string, body?: object): Promise<Answer> =>
  application.call(`/v1/operator-tasks${target}`, {
    key: stack.operatorKey,
    ...(body && { method: 'POST', body }),
  });

/** The one of the page. */
const RESOLUTION = 'told Ms Kim of the bank by telephone, reference 4711';

interface Task {
  id: string;
  consentId: string;
  authorizationId: string;
  failure: { code: string };
  closedAt?: string;
  resolution?: string;
}

/** A bank that does not take a revocation, as the step that gives up on it says so. */
async function stuck(changes = {}): Promise<Parameters<typeof openOperatorTask>[1] & { consentId: ConsentId }> {
  const consentId = await consents.consent(institutionId, {
    status: 'revoked',
    bankEnding: 'needs_operator',
    ...changes,
  });
  return {
    ...{ kind: 'grant_ending_failed', consentId, institutionId, failure: 'fdx_unreachable' },
    authorizationId: `aut_${randomUUID().replaceAll('-', '')}` as AuthorizationId,
  } as const;
}

async function tasksOf(consentId: ConsentId, query = ''): Promise<Task[]> {
  const { json } = await operator(query);
  return (json as unknown as { tasks: Task[] }).tasks.filter((task) => task.consentId === consentId);
}

async function opened() {
  const name = await stuck();
  await openOperatorTask(consents.database, name);
  const [task] = await tasksOf(name.consentId);
  if (!task) throw new Error('the task was not opened');
  return { ...name, id: task.id };
}

describe('a task for operators', () => {
  test('is one however often it is opened, and tells the newest failure', async () => {
    const name = await stuck();
    await Promise.all([openOperatorTask(consents.database, name), openOperatorTask(consents.database, name)]);
    await openOperatorTask(consents.database, { ...name, failure: 'fdx_request_rejected' });
    const tasks = await tasksOf(name.consentId);
    expect(tasks).toEqual([
      expect.objectContaining({
        kind: 'grant_ending_failed',
        institutionId,
        authorizationId: name.authorizationId,
        failure: expect.objectContaining({ code: 'fdx_request_rejected' }) as unknown,
      }),
    ]);
    const listed = await asOnPage(0);
    expect(listed.stdout).toContain(tasks[0]?.id);
    expect(listed.stdout).toContain('fdx_request_rejected');
  });

  test('that the machine has done after all is closed, and no longer listed among the open ones', async () => {
    const { consentId, id, ...name } = await opened();
    await closeOperatorTask(consents.database, name, 'the bank has been told');
    await closeOperatorTask(consents.database, name, 'once more');
    expect(await tasksOf(consentId)).toEqual([]);
    expect(await tasksOf(consentId, '?all=true')).toEqual([
      expect.objectContaining({ id, resolution: 'the bank has been told' }),
    ]);
    const { json } = await command('tasks', 'list', '--all', '--json');
    expect((json as unknown as { tasks: Task[] }).tasks.map((task) => task.id)).toContain(id);
  });

  test('is tried again at once when an operator says so, through API and command line', async () => {
    const { consentId, id } = await opened();
    expect(await operator(`/${id}/retry`, {})).toMatchObject({ status: 200, json: { id, isRetried: true } });
    const byCommand = await asOnPage(1, { tsk_0193: id });
    expect([byCommand.failed, byCommand.stdout]).toEqual([[], expect.stringContaining('is tried again')]);
    const { consentId: other } = await stuck();
    expect(await asOnPage(3, { cns_0193: consentId, cns_0194: other })).toMatchObject({ failed: [] });
    expect(await consents.heard(consentId)).toEqual(['retryEnding', 'retryEnding', 'retryEnding']);
    expect(await consents.heard(other)).toEqual(['retryEnding']);
    expect(await tasksOf(consentId)).toHaveLength(1);
  });

  test.each(['API', 'command line'])(
    'that is settled with the bank by hand is closed through the %s once and for all: the consent is woken and finds it',
    async (way) => {
      const { consentId, id, authorizationId, kind, ...name } = await opened();
      expect(await findSettlement(consents.database, { kind, authorizationId })).toBeUndefined();
      const close = async (resolution: string): Promise<void> => {
        if (way === 'API') expect((await operator(`/${id}/close`, { resolution })).status).toBe(200);
        else expect(await asOnPage(2, { tsk_0193: id, [RESOLUTION]: resolution })).toMatchObject({ failed: [] });
      };
      await close(RESOLUTION);
      expect(await consents.heard(consentId)).toEqual(['retryEnding']);
      expect(await findSettlement(consents.database, { kind, authorizationId })).toBe(RESOLUTION);

      // Again, and by a step that was still running: the first word stands and nothing is opened anew.
      await close('something else');
      await openOperatorTask(consents.database, { consentId, authorizationId, kind, ...name });
      expect(await tasksOf(consentId)).toEqual([]);
      expect(await tasksOf(consentId, '?all=true')).toEqual([expect.objectContaining({ id, resolution: RESOLUTION })]);
      const retried = await operator(`/${id}/retry`, {});
      expect(retried.json).toMatchObject({ isRetried: false, resolution: RESOLUTION });
    },
  );

  test('is for operators only, needs a resolution to be closed, and one that is not there is told by its code', async () => {
    const { id, consentId } = await opened();
    const body = { resolution: 'no' };
    const byApplication = await application.call(`/v1/operator-tasks/${id}/close`, { method: 'POST', body });
    expect(byApplication.json['code']).toBe('forbidden');
    expect((await application.call('/v1/operator-tasks')).json['code']).toBe('forbidden');
    expect((await operator(`/${id}/close`, {})).json['code']).toBe('request_invalid');
    expect((await command('tasks', 'close', id)).code).toBe(2);
    expect(await tasksOf(consentId)).toHaveLength(1);
    for (const target of ['/tsk_nobody/retry', '/tsk_%00/retry']) {
      const answer = await operator(target, {});
      expect([answer.status, answer.json['code']]).toEqual([404, 'operator_task_not_found']);
    }
    expect((await operator('/tsk_nobody/close', { resolution: 'x' })).json['code']).toBe('operator_task_not_found');
  });

  test('leaves a trace of everybody who handled it', async () => {
    const { id } = await opened();
    await operator(`/${id}/retry`, {});
    await command('tasks', 'close', id, '--resolution', 'by letter');
    const actions = await actionsAbout(stack, id, { least: 2 });
    expect(actions.map(({ action, outcome, subject }) => [action, outcome, subject])).toEqual([
      ['tasks retry', 'done', { taskId: id }],
      ['tasks close', 'done', { arguments: [id], resolution: 'by letter' }],
    ]);
  });
});

describe('resuming an institution', () => {
  test.each(['API', 'command line'])(
    'through the %s wakes exactly the consents that wait to tell it of an end',
    async (way) => {
      const [mine, other] = [await consents.institution(), await consents.institution()];
      const ended = { status: 'revoked' } as const;
      const waiting = await Promise.all(
        Array.from({ length: 12 }, () => consents.consent(mine, { ...ended, bankEnding: 'pending' })),
      );
      const asleep = [
        await consents.consent(mine),
        await consents.consent(mine, { ...ended, bankEnding: 'done' }),
        await consents.consent(other, { ...ended, bankEnding: 'pending' }),
      ];
      // One whose workflow is gone does not keep the others from being woken.
      await consents.consent(mine, { ...ended, bankEnding: 'pending' }, { hasWorkflow: false });
      const target = `/v1/institutions/${mine}`;
      const asOperator = { method: 'POST', key: stack.operatorKey };
      if (way === 'API') {
        await application.call(`${target}/pause`, asOperator);
        expect((await application.call(`${target}/resume`, asOperator)).json).toMatchObject({ endingsRetried: 12 });
      } else {
        await command('institutions', 'pause', mine);
        expect((await command('institutions', 'resume', mine, '--json')).json).toMatchObject({ endingsRetried: 12 });
      }
      for (const id of waiting) expect(await consents.heard(id)).toEqual(['retryEnding']);
      for (const id of asleep) expect(await consents.heard(id)).toEqual([]);
    },
  );
});
