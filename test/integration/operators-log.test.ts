import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { createDatabaseOn } from '../../scripts/setup/postgres';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { Application } from './support/application';
import { fdxConsent } from './support/command';
import { dump, query } from './support/database';

const stack = currentStack();
const application = new Application(stack);
const ME = `cli:${os.userInfo().username}`;

/** A database of one test alone, on the server of the stack. */
async function emptyDatabase() {
  const name = `operators_${randomUUID().slice(0, 8)}`;
  await createDatabaseOn(stack.databaseUrl, name);
  const url = new URL(stack.databaseUrl);
  url.pathname = `/${name}`;
  const databaseUrl = url.href;
  const env = { ...stack.productEnvironment, DATABASE_URL: databaseUrl };
  return { databaseUrl, command: (...args: string[]) => fdxConsent(args, env) };
}

interface LogEntry {
  at: string;
  operator: string;
  action: string;
  outcome: string;
  subject: Record<string, unknown>;
}

describe('the log of what operators did', () => {
  test('begins with the schema it stands in, and names who did what with which outcome, newest first', async () => {
    const { databaseUrl, command } = await emptyDatabase();
    expect((await command('migrate')).code).toBe(0);
    const added = await command('applications', 'add', '--id', 'budget', '--name', 'Budget', '--json');
    await command('institutions', 'add', 'no-such-file.json');
    await command('institutions', 'pause', 'nobody', '--reason', 'testing');
    await command('applications', 'list');
    const { stdout, json } = await command('operators', 'log', '--json');
    expect((json as unknown as { actions: LogEntry[] }).actions).toEqual([
      {
        ...entry('institutions pause', 'failed:institution_unknown'),
        subject: { arguments: ['nobody'], reason: 'testing' },
      },
      { ...entry('institutions add', 'failed'), subject: { arguments: ['no-such-file.json'] } },
      { ...entry('applications add', 'done'), subject: { id: 'budget', name: 'Budget' } },
      { ...entry('migrate', 'done'), subject: {} },
    ]);
    expect(stdout).not.toContain(added.json['apiKey'] as string);
    const columns = [...(await dump({ databaseUrl })).entries()].filter(([name]) =>
      name.startsWith('operator_actions'),
    );
    expect(JSON.stringify(columns)).not.toContain(added.json['apiKey'] as string);
    const recent = await command('operators', 'log', '--since', '1h', '--limit', '1');
    expect(recent.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^at +operator +action +outcome +subject$/),
      expect.stringContaining('institutions pause'),
    ]);
    expect((await command('operators', 'log', '--since', '2090-01-01')).stdout).toBe('none\n');
    expect((await command('operators', 'log', '--since', 'yesterday')).code).toBe(2);
  });

  test('is kept, or nothing is done', async () => {
    const { databaseUrl, command } = await emptyDatabase();
    await command('migrate');
    await query({ databaseUrl }, 'ALTER TABLE operator_actions RENAME TO elsewhere');
    const refused = await command('applications', 'add', '--id', 'budget', '--name', 'Budget');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('cannot be written down')]);
    expect(await query({ databaseUrl }, 'SELECT 1 FROM applications')).toEqual([]);
    // Reading needs no entry.
    expect((await command('applications', 'list')).code).toBe(0);
  });

  test('that loses an outcome says so, and its entry stays begun', async () => {
    const { databaseUrl, command } = await emptyDatabase();
    await command('migrate');
    await query(
      { databaseUrl },
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$`,
    );
    await query(
      { databaseUrl },
      'CREATE TRIGGER refuse BEFORE UPDATE ON operator_actions FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    const added = await command('applications', 'add', '--id', 'budget', '--name', 'Budget');
    expect([added.code, added.stderr]).toEqual([1, expect.stringContaining('could not be written down')]);
    // The key is shown once: losing it too would help nobody.
    expect(added.stdout).toMatch(/fdxc_app_/);
    const entries = await query(
      { databaseUrl },
      `SELECT outcome FROM operator_actions WHERE action = 'applications add'`,
    );
    expect(entries).toEqual([{ outcome: 'begun' }]);
  });

  test('has what operators do through the API: who, in the words of the command, and no bodies', async () => {
    const id = `logged-${randomUUID().slice(0, 8)}`;
    const asOperator = { method: 'PUT', key: stack.operatorKey };
    const body = { ...(await sandboxProfile()), id, name: 'SECRET-LOOKING NAME', caFile: undefined };
    expect((await application.call(`/v1/institutions/${id}`, { ...asOperator, body })).status).toBe(200);
    expect((await application.call(`/v1/institutions/${id}`, { ...asOperator, body: {} })).status).toBe(422);
    await application.call(`/v1/institutions/${id}`, { method: 'PUT', body });
    const actions = await actionsAbout(stack, id, { least: 2 });
    expect(actions).toEqual([
      {
        operator: expect.stringMatching(/^key_/) as string,
        action: 'institutions add',
        outcome: 'done',
        subject: { institutionId: id },
      },
      {
        ...{ operator: actions[0]?.operator, action: 'institutions add', outcome: 'failed:institution_invalid' },
        subject: { institutionId: id },
      },
    ]);
    await query(stack, 'UPDATE institutions SET withdrawn_at = now() WHERE id = $1', [id]);
  });
});

function entry(action: string, outcome: string): Omit<LogEntry, 'subject'> {
  return { at: expect.any(String) as string, operator: ME, action, outcome };
}

async function sandboxProfile(): Promise<object> {
  const [row] = await query(stack, `SELECT profile FROM institutions WHERE id = 'sandbox-bank'`);
  return row?.['profile'] as object;
}
