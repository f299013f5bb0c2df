import { randomBytes, randomUUID } from 'node:crypto';
import { createDatabaseOn } from '../../scripts/setup/postgres';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { CHECKS } from '../../src/doctor/checks';
import { judgeCertificate } from '../../src/doctor/institution-checks';
import { temporalConnection } from '../../src/temporal/connection';
import { currentStack } from '../setup/stack-access';
import { fdxConsent, type Ran } from './support/command';
import { until } from './support/until';

const stack = currentStack();
interface Examined {
  name: string;
  verdict: string;
  what: string;
  fix?: string;
}

async function doctor(
  changed: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<Ran & { of: (name: string) => Examined }> {
  const ran = await fdxConsent(['doctor', '--json', ...args], { ...stack.productEnvironment, ...changed });
  const { checks } = ran.json as unknown as { checks: Examined[] };
  return { ...ran, of: (name) => checks.find((check) => check.name === name) ?? { name, verdict: 'absent', what: '' } };
}

/** Whatever other tests leave behind in the shared stack is what these are about. */
const LEFT_BY_OTHERS = [
  'institutions',
  'institution-metadata',
  'client-certificates',
  'registrations',
  'checkpoint',
  'signing-keys',
  'api-keys',
  'application-clients',
  'webhook-endpoints',
  'webhook-deliveries',
  'webhook-dead-letters',
];
const ABOUT_WORK = [
  'bank-subscriptions',
  'consents-started',
  'revocations',
  'bank-notifications',
  'expiries',
  'purges',
  'retention',
  'operator-tasks',
  'endings',
];

test('everything that runs is well, each check answers, and no password is printed', async () => {
  const { json, stdout, of } = await doctor({});
  expect((json['checks'] as Examined[]).map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
  const others = CHECKS.map(({ name }) => name).filter((name) => ![...LEFT_BY_OTHERS, ...ABOUT_WORK].includes(name));
  expect(others.map(of).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  for (const name of [...LEFT_BY_OTHERS, ...ABOUT_WORK]) expect(of(name).verdict).toMatch(/^(ok|warn|fail)$/);
  const { password } = new URL(stack.productEnvironment['DATABASE_URL'] ?? '');
  expect(password).not.toBe('');
  expect(stdout).not.toContain(password);
});

test('what is not ok has a fix, and some checks can be asked for alone', async () => {
  const { json, code } = await doctor({ PUBLIC_URL: 'http://consent.example' }, '--only', 'settings,node');
  expect([code, json]).toMatchObject([
    1,
    {
      status: 'fail',
      checks: [
        { name: 'settings', verdict: 'fail', what: 'PUBLIC_URL: must be https, except on localhost', fix: /./ },
        { name: 'node', verdict: 'ok' },
      ].map((check) => ({ ...check, ...('fix' in check && { fix: expect.any(String) as string }) })),
    },
  ]);
});

describe('of one part that is broken, its own check says so, and the others still answer', () => {
  let closed: string;
  beforeAll(async () => {
    closed = `127.0.0.1:${await chooseRandomPort()}`;
  });

  test('no settings at all: all faults at once', async () => {
    const ran = await fdxConsent(['doctor', '--json'], { PATH: process.env['PATH'] });
    const { checks } = ran.json as unknown as { checks: Examined[] };
    const [settings] = checks;
    for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'VAULT_KEYS', 'PAYLOAD_KEYS']) {
      expect(settings?.what).toContain(`${name} is not set`);
    }
    expect([ran.code, checks.length]).toEqual([1, CHECKS.length]);
    expect(checks.filter(({ verdict }) => verdict === 'ok').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node', 'disk']),
    );
  });

  test('the database is away', async () => {
    const { code, of } = await doctor({ DATABASE_URL: `postgres://someone:hidden@${closed}/nowhere` });
    expect(code).toBe(1);
    expect(of('database')).toMatchObject({
      verdict: 'fail',
      what: expect.stringContaining(`${closed}/nowhere does not answer`) as string,
    });
    expect(of('purges')).toMatchObject({ verdict: 'fail', fix: 'See the check `database`.' });
    expect(['temporal', 'workers', 'api', 'settings'].map((name) => of(name).verdict)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
    ]);
  });

  test('Temporal is away', async () => {
    const { of } = await doctor({ TEMPORAL_ADDRESS: closed });
    expect(of('temporal')).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining('TEMPORAL_ADDRESS') as string,
    });
    expect(of('workers')).toMatchObject({ verdict: 'fail', fix: 'See the check `temporal`.' });
    expect(['database', 'migrations', 'vault'].map((name) => of(name).verdict)).toEqual(['ok', 'ok', 'ok']);
  });

  test('no worker, no schedules and no search attributes: an empty namespace; and none at all', async () => {
    const namespace = `doctor-${randomUUID().slice(0, 8)}`;
    const missing = await doctor({ TEMPORAL_NAMESPACE: namespace }, '--only', 'temporal-namespace');
    expect(missing.of('temporal-namespace').what).toBe(`there is no namespace ${namespace}`);
    const connection = temporalConnection({ TEMPORAL_ADDRESS: stack.temporalAddress, TEMPORAL_TLS: false });
    try {
      const workflowExecutionRetentionPeriod = { seconds: 86_400 as unknown as never };
      await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    } finally {
      await connection.close();
    }
    // The server's parts hear of a new namespace one after the other.
    const only = ['--only', 'temporal-namespace,search-attributes,workers,schedules'];
    await until('the namespace is known everywhere', async () =>
      (await doctor({ TEMPORAL_NAMESPACE: namespace }, ...only)).of('workers').what.startsWith('no worker'),
    );
    const { of } = await doctor({ TEMPORAL_NAMESPACE: namespace }, ...only);
    expect(of('temporal-namespace').verdict).toBe('ok');
    expect(of('workers')).toMatchObject({ verdict: 'fail', fix: 'Start a worker: fdx-consent worker.' });
    expect(of('schedules')).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining('Start a worker') as string,
    });
    expect(of('search-attributes').fix).toContain('--name ConsentStatus --type Keyword');
  });

  test('the schema is not there yet', async () => {
    const name = `doctor_${randomUUID().slice(0, 8)}`;
    await createDatabaseOn(stack.databaseUrl, name);
    const url = new URL(stack.databaseUrl);
    url.pathname = `/${name}`;
    const { of } = await doctor({ DATABASE_URL: url.href });
    expect(of('migrations')).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining('fdx-consent migrate') as string,
    });
    expect(of('migrations').what).toContain('0010');
    expect(of('database').verdict).toBe('ok');
    expect(of('operator-tasks')).toMatchObject({ verdict: 'fail', fix: 'See the check `migrations`.' });
  });

  test('the role could change the audit trail', async () => {
    const environment = { DATABASE_URL: stack.databaseUrl };
    const only = ['--only', 'database-role'];
    const refused = await doctor({ ...environment, AUDIT_PROTECTION: 'required' }, ...only);
    expect(refused.of('database-role')).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining('service role') as string,
    });
    const warned = await doctor({ ...environment, AUDIT_PROTECTION: 'warn' }, ...only);
    expect([warned.code, warned.of('database-role').verdict]).toEqual([0, 'warn']);
  });

  test('the vault’s key is another one', async () => {
    const { of, stdout } = await doctor(
      { VAULT_KEYS: `other:${randomBytes(32).toString('base64url')}` },
      '--only',
      'vault',
    );
    expect(of('vault')).toMatchObject({ verdict: 'fail', fix: expect.stringContaining('Give back the key') as string });
    expect(stdout).not.toContain('eyJ');
  });

  test('nobody, or somebody else, answers at PUBLIC_URL', async () => {
    const nobody = await doctor({ PUBLIC_URL: `http://${closed}` }, '--only', 'api,jwks');
    expect([nobody.of('api'), nobody.of('jwks')]).toMatchObject([
      { verdict: 'fail', what: expect.stringContaining('ECONNREFUSED') as string },
      { verdict: 'fail', fix: expect.stringContaining('see the check `api`') as string },
    ]);
    const worker = new URL(stack.urls.workers[0] ?? '').origin;
    const other = await doctor({ PUBLIC_URL: worker }, '--only', 'jwks');
    expect(other.of('jwks').what).toContain('lacks');
  });

  test('a certificate for a bank is over, or cannot be read', () => {
    const later = Date.now() + 30 * 365 * 86_400_000;
    expect(judgeCertificate('first-bank', stack.caFile, later)).toMatchObject({
      verdict: 'fail',
      what: expect.stringMatching(/ended \d+ days ago/) as string,
      fix: expect.stringContaining('Get a new one') as string,
    });
    expect(judgeCertificate('first-bank', '/nowhere.pem').verdict).toBe('fail');
  });
});
