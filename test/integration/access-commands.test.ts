import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { fdxConsent, type Ran } from './support/command';
import { query } from './support/database';

/*
 * What applications and operators show to be let in, by command.
 */
const stack = currentStack();
const api = new Application(stack);

interface Key extends Record<string, unknown> {
  readonly id: string;
  readonly apiKey: string;
}

const command = (...args: string[]): Promise<Ran> => fdxConsent([...args, '--json'], stack.productEnvironment);
const asked = (key: string, path = '/v1/consents') => api.call(path, { key });

let applications = 0;
async function newApplication(): Promise<string> {
  applications += 1;
  const id = `by-command-${applications}`;
  const body = { id, name: 'Access' };
  await api.call('/v1/applications', { method: 'POST', key: stack.operatorKey, body });
  return id;
}

describe('commands', () => {
  test('make, rotate and revoke keys, and say when each was used', async () => {
    const id = await newApplication();
    const keys = (...args: string[]) => command('applications', 'keys', ...args);
    const scopes = ['--scope', 'consents:read', '--scope', 'data:read'];
    const made = await keys('create', id, '--label', 'nightly', ...scopes, '--expires-in', '90d');
    expect(made.json).toMatchObject({ label: 'nightly', scopes: ['consents:read', 'data:read'] });
    const { id: keyId, apiKey } = made.json as Key;
    expect((await asked(apiKey)).status).toBe(200);
    const rotated = await keys('rotate', id, keyId, '--overlap', '2h');
    expect(rotated.json).toMatchObject({ label: 'nightly', replaces: { id: keyId } });
    const { id: newId } = rotated.json as Key;
    const listed = await keys('list', id);
    const states = (listed.json as unknown as Record<string, unknown>[]).map((key) => [key['id'], key['state']]);
    expect(states).toEqual([
      [newId, 'active'],
      [keyId, 'active'],
    ]);
    expect((await keys('revoke', id, keyId)).code).toBe(0);
    expect((await asked(apiKey)).status).toBe(401);
    const human = await fdxConsent(['applications', 'keys', 'list', id], stack.productEnvironment);
    expect(human.stdout).toMatch(/^KEY +STATE +LAST USED/);
    expect(human.stdout).toMatch(new RegExp(`${keyId} +revoked +20`));
    // What it was is in the log; the key is not.
    const [action] = await query(stack, `SELECT subject FROM operator_actions WHERE subject::text LIKE $1`, [
      `%${keyId}%`,
    ]);
    expect(JSON.stringify(action)).not.toContain('fdxc_');
  });

  test.each<[string[], number, string]>([
    [['applications', 'keys', 'create', 'nobody', '--label', 'x'], 3, 'There is no such application.'],
    [['applications', 'keys', 'create', 'nobody'], 2, '--label is needed'],
    [['applications', 'keys', 'create', 'nobody', '--label', 'x', '--expires-in', '90'], 2, 'takes a time'],
    [['applications', 'keys', 'rotate', 'nobody', 'key_1', '--overlap', '31d'], 2, 'takes 0, or a time up to 30d'],
    [['applications', 'limit', 'nobody'], 2, '--per-minute takes a number'],
  ])('say what is wrong: %j', async (args, exitCode, message) => {
    const { code, stderr } = await fdxConsent(args, stack.productEnvironment);
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(message)]);
  });

  test('add and remove clients of issuers', async () => {
    const id = await newApplication();
    const clients = (...args: string[]) => command('applications', 'clients', ...args);
    const added = await clients('add', id, '--issuer', 'https://login.example', '--client-id', 'cli');
    expect(added.json).toMatchObject({ issuer: 'https://login.example', clientId: 'cli' });
    expect((await clients('list', id)).json).toEqual([added.json]);
    expect((await clients('remove', id, String(added.json['id']))).code).toBe(0);
    expect((await clients('list', id)).json).toEqual([]);
  });

  test('make and revoke operators’ keys', async () => {
    const { id, apiKey } = (await command('operators', 'add', '--name', 'Access')).json as Key;
    const withIt = () => asked(apiKey, '/v1/operator-tasks');
    expect((await withIt()).status).toBe(200);
    const listed = (await command('operators', 'list')).json as unknown as Record<string, unknown>[];
    expect(listed.find((key) => key['id'] === id)).toMatchObject({ state: 'active', label: 'Access', scopes: null });
    expect((await command('operators', 'revoke', id)).code).toBe(0);
    expect((await withIt()).status).toBe(401);
  });
});
