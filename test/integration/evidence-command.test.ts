import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiled } from '../../scripts/setup/repository';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { fdxConsent } from './support/command';
import { Journey } from './support/journey';
import { reserveBank, withBankReserved } from './support/reservation';

const application = new Application(currentStack());
reserveBank(application.stack);

const directory = mkdtempSync(path.join(tmpdir(), 'fdx-consent-evidence-'));
const fileOf = (name: string): string => path.join(directory, name);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const product = (...args: string[]) => fdxConsent(args, { ...process.env, ...application.stack.productEnvironment });

/** Nothing in its environment, and no way to a network. */
function offline(args: readonly string[], env: Record<string, string> = {}) {
  const preload = path.join(__dirname, 'support', 'no-network.cjs');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', preload, compiled('src/cli/main.js'), ...args],
    {
      env,
      cwd: '/',
      encoding: 'utf8',
      timeout: 30_000,
    },
  );
  return { status, stdout, stderr };
}

let consentId: string;
let bundleFile: string;

beforeAll(async () => {
  consentId = await withBankReserved(application.stack, async () => {
    const journey = await Journey.walk(application);
    await journey.renew();
    return journey.consentId;
  });
  const { code, stderr } = await product('evidence', 'checkpoint');
  expect([code, stderr]).toEqual([0, '']);
  bundleFile = fileOf('bundle.json');
  const exported = await product('evidence', 'export', consentId, '--out', bundleFile);
  expect([exported.code, exported.stderr]).toEqual([0, '']);
});

test('a consent that was connected and renewed at a bank verifies with nothing but its file', () => {
  const { status, stdout, stderr } = offline(['evidence', 'verify', bundleFile]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`holds      it is an evidence bundle of ${consentId}`);
  expect(stdout).toContain('its 2 receipts are signed');
  expect(stdout).toMatch(/checkpoint \d+ stands for events 1 to \d+/);
  expect(stdout).toMatch(/Everything that was looked at holds\.\n$/);
});

test('nothing but its owner can read the file, and nothing is written over', async () => {
  expect(statSync(bundleFile).mode & 0o777).toBe(0o600);
  const again = await product('evidence', 'export', consentId, '--out', bundleFile);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('EEXIST') as string]);
});

test('the program that verifies would have been caught at reaching for the network', () => {
  const environment = { ...application.stack.productEnvironment };
  expect(offline(['evidence', 'audit'], environment)).toMatchObject({
    status: 99,
    stderr: 'it reached for the network\n',
  });
});

test('a file that was altered makes it fail and name the first thing that does not hold', () => {
  const bundle = JSON.parse(readFileSync(bundleFile, 'utf8')) as { events: string[] };
  bundle.events.splice(2, 1);
  const altered = fileOf('altered.json');
  writeFileSync(altered, JSON.stringify(bundle));
  const { status, stdout } = offline(['evidence', 'verify', altered]);
  expect([status, stdout]).toEqual([1, expect.stringMatching(/DOES NOT {3}events\[2\]: has the number 4/) as string]);
  const asJson = offline(['evidence', 'verify', altered, '--json']);
  expect([asJson.status, JSON.parse(asJson.stdout)]).toMatchObject([
    1,
    { holds: false, fault: { where: 'events[2]' } },
  ]);
});

test('the published keys and a published checkpoint are what an outsider compares with', async () => {
  const [keys, latest] = await Promise.all([
    application.call('/.well-known/receipt-keys.json', { key: undefined }),
    application.call('/.well-known/audit-checkpoints/latest', { key: undefined }),
  ]);
  expect([latest.status, latest.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^application\/jose/),
  ]);
  const [keysFile, checkpointFile] = [fileOf('keys.json'), fileOf('checkpoint.jws')];
  writeFileSync(keysFile, keys.text);
  writeFileSync(checkpointFile, latest.text);
  const { status, stdout } = offline([
    ...['evidence', 'verify', bundleFile, '--keys', keysFile, '--checkpoint', checkpointFile],
  ]);
  expect(stdout).toContain('are among those you trust');
  expect(stdout).toContain('the checkpoint that was kept is among those of the bundle');
  expect(status).toBe(0);
  const place = latest.headers.get('content-location') ?? '';
  const byNumber = await application.call(place, { key: undefined });
  expect([byNumber.text, byNumber.headers.get('cache-control')]).toEqual([
    latest.text,
    expect.stringContaining('immutable') as string,
  ]);
});

test.each(['999999999', '0', 'newest', '-1', '1e3'])('there is no checkpoint %s', async (number) => {
  const { status, json } = await application.call(`/.well-known/audit-checkpoints/${number}`, { key: undefined });
  expect([status, json['code']]).toEqual([404, 'checkpoint_not_found']);
});

test('the audit of a database that nobody tampered with finds nothing', async () => {
  const { code, json } = await product('evidence', 'audit', '--json');
  expect([code, json['damages']]).toEqual([0, []]);
});

test('of a consent that is not there nothing is exported', async () => {
  const unknown = await product('evidence', 'export', 'cns_00000000000000000000000000000000');
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('no such consent') as string]);
});
