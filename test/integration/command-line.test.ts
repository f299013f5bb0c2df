import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { compiled } from '../../scripts/setup/repository';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { fdxConsent, startFdxConsent } from './support/command';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';

const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);
const env = stack.productEnvironment;
const MAIN = compiled('src/cli/main.js');

test.each([
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
  [['help', 'doctor'], 0, /^Usage: fdx-consent doctor/, /^$/],
  [['consents', 'list', '--help'], 0, /Options\n[^]*--status [^]*Examples\n/, /^$/],
  [['consents'], 0, /consents watch/, /^$/],
  [['consents', 'lst'], 2, /^$/, /^There is no command consents lst\.\nDid you mean: fdx-consent consents list\n$/],
  [['consents', 'list', '--limt', '3'], 2, /^$/, /takes no --limt\.\nDid you mean: --limit\n$/],
  [['consents', 'show'], 2, /^$/, /^Name the consent/],
  [['consents', 'show', 'cns_nobody'], 3, /^$/, /^There is no such consent\.\n/],
  [['consents', 'watch', 'cns_nobody'], 3, /^$/, /^There is no such consent\.\n/],
  [['doctor', '--only', 'databse'], 2, /^$/, /Did you mean: --only database\n$/],
  [['dev', '--nonsense'], 2, /^$/, /takes no --nonsense/],
])('%j ends with %d', async (args, code, stdout, stderr) => {
  const ran = await fdxConsent(args, env);
  expect(ran.code).toBe(code);
  expect(ran.stdout).toMatch(stdout);
  expect(ran.stderr).toMatch(stderr);
});

test('a database that is away ends with 5, and --json says so in one value on standard error', async () => {
  const away = { ...env, DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/nowhere' };
  const { code, stdout, stderr } = await fdxConsent(['--json', 'consents', 'list'], away);
  expect([code, stdout]).toEqual([5, '']);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'store_unavailable', exitCode: 5, ending: 'unavailable' });
  expect(stderr).not.toContain('hidden');
});

test('`openapi` writes what the service has at /openapi.json, without any settings', async () => {
  const nothing = { PATH: process.env['PATH'] };
  const served: unknown = await (await fetch(`${stack.urls.api}/openapi.json`)).json();
  const written = await fdxConsent(['openapi'], nothing);
  expect([written.code, written.stderr]).toEqual([0, '']);
  expect(written.json).toEqual(served);
  const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-openapi-'));
  try {
    const file = path.join(directory, 'openapi.json');
    const { json } = await fdxConsent(['openapi', '--out', file, '--json'], nothing);
    expect(json).toEqual({ file });
    expect(await readFile(file, 'utf8')).toBe(written.stdout);
    expect(await readdir(directory)).toEqual(['openapi.json']);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test('a reader that goes away is no error of ours: no stack, the exit code of a closed pipe', () => {
  const script = `"$0" "$1" evidence events "$2" --limit 100000 | true; echo \${PIPESTATUS[0]}`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, MAIN, 'help'], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(['0', '141']).toContain(stdout.trim());
});

test('`api` is the API: it serves in the process that was started, and ends with 0 when it is told to', async () => {
  const child = spawn(process.execPath, [MAIN, 'api'], {
    env: { ...env, PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const code = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('API is listening')) resolve();
    });
  });
  child.kill('SIGTERM');
  expect(await code).toBe(0);
});

test('watch tells what has happened and what happens, and ends with the consent', async () => {
  const journey = await Journey.walk(application);
  const watching = startFdxConsent(['consents', 'watch', journey.consentId, '--json'], env);
  await watching.printed('"consent.active"');
  await application.call(`/v1/consents/${journey.consentId}`, { method: 'DELETE' });
  const { code, stdout } = await watching.result;
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; type: string });
  expect(code).toBe(0);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ type }) => type)).toContain('revocation.requested');
});

test('watching an application ends with 0 by Ctrl-C', async () => {
  const watching = startFdxConsent(['consents', 'watch', '--application', stack.applicationId], env);
  // It tells of what is new to it: the first trip may be over before it looks.
  let isTold = false;
  const told = watching.printed(/ cns_\w+ consent\.active /).then(() => (isTold = true));
  const until = Date.now() + 40_000;
  // Bounded: a loop that outlives its test sends people to the bank in the middle of others.
  const goesOn = (): boolean => !isTold && Date.now() < until;
  while (goesOn()) await Journey.walk(application);
  watching.kill('SIGINT');
  await told;
  expect((await watching.result).code).toBe(0);
});
