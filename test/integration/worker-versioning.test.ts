import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SupervisedChild } from '../../scripts/setup/child-process';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { answersOk } from '../../scripts/setup/readiness';
import { repositoryRoot } from '../../scripts/setup/repository';
import type { CommandResult } from '../../src/cli/command';
import type { WorkerDeployment } from '../../src/temporal/worker-deployments';
import type { WorkerBuild } from '../../src/temporal/worker-builds';
import { currentStack } from '../setup/stack-access';
import { pageBlock } from './support/page-block';
import { pathWithNode, typed } from './support/page-shell';
import { missingLine } from './support/shown-output';
import { begin, finish, whereabouts } from './support/sleeper';
import { until } from './support/until';
import { runWorkersCommand, VersionedWorkers } from './support/versioned-workers';

const DAY_MS = 86_400_000;
const START_WITHIN_MS = 180_000;

const [startOnPage, lookOnPage, promoteOnPage, retireOnPage, rollbackOnPage] = [
  pageBlock('docs/deploy.md', 'start'),
  pageBlock('docs/deploy.md', 'look'),
  pageBlock('docs/deploy.md', 'promote'),
  pageBlock('docs/deploy.md', 'retire'),
  pageBlock('docs/deploy.md', 'rollback'),
];

let workers: VersionedWorkers;
beforeAll(async () => {
  workers = await VersionedWorkers.start();
}, START_WITHIN_MS);
afterAll(() => workers.end());

const buildIn = (result: CommandResult, buildId: string): WorkerBuild | undefined =>
  (result.value as WorkerDeployment).builds.find((build) => build.buildId === buildId);

async function untilListed(buildId: string, expected: Partial<WorkerBuild>): Promise<void> {
  const what = `build ${buildId} being ${JSON.stringify(expected)}`;
  await until(what, async () => {
    const build = buildIn(await workers.command('list'), buildId);
    return build && Object.entries(expected).every(([key, value]) => build[key as keyof WorkerBuild] === value);
  });
}

/** The deploy of the page, 1.4.2 to 1.5.0, is here one of build 1 to build 2; moments and numbers are those of this one. */
const BUILDS_ON_PAGE = {
  '1.5.0': '2',
  '1.4.2': '1',
  '2026-05-04T08:01:12.000Z  2  ': '…  1  ',
  '2026-03-02T09:30:45.000Z  2  ': '…  1  ',
  '8204': '1',
};

/** A promotion is written down in the database. */
async function asOnPage(command: string): Promise<void> {
  const DATABASE_URL = currentStack().productEnvironment['DATABASE_URL'];
  expect(await typed(command, { ...workers.environment, DATABASE_URL })).toMatchObject({ failed: [] });
}

/** Whether the page lets the workers of a build be stopped: this machine's `systemctl` would not know them. */
async function retired(build: string): Promise<string> {
  const command = retireOnPage.text({ '1.4.2': build });
  return (await typed(command, workers.environment, 'systemctl() { echo "$@"; }\n')).stdout;
}

describe('before any worker has a build id', () => {
  it('the list says so', async () => {
    const { text, value } = await workers.command('list');
    expect(text).toContain('No worker with a WORKER_BUILD_ID has polled yet.');
    expect(value).toMatchObject({ name: 'fdx-consent', builds: [], unversionedWorkers: 0 });
  });

  it('a promotion says how to start one', async () => {
    await expect(workers.command('promote', ['1'])).rejects.toThrow(
      /^No worker of build 1 is polling: start a worker with WORKER_BUILD_ID=1 first \(.*knows: none\)\.$/,
    );
  });
});

describe('a deploy', () => {
  it('promotes a build as soon as its worker polls, and new consents start on it', async () => {
    await workers.startWorker('1');
    const result = await workers.command('promote', ['1']);
    expect(result.text).toMatch(/^1 +current +\d{4}-.* 1 /m);
    expect(buildIn(result, '1')).toMatchObject({ status: 'current', workers: 1, mayStop: false });
    const sleeper = await workers.startSleeper('first', DAY_MS);
    expect(await sleeper.query(whereabouts)).toMatchObject({ buildId: '1', generation: 0 });
  });

  it('leaves a consent in the middle of something on its build, and moves it when that is done', async () => {
    const sleeper = workers.client.workflow.getHandle('first');
    await sleeper.signal(begin);
    await workers.startWorker('2');
    await untilListed('2', { status: 'inactive', mayStop: true });
    const looked = await workers.command('list');
    expect(missingLine(lookOnPage.text(BUILDS_ON_PAGE), looked.text)).toBeUndefined();
    await asOnPage(promoteOnPage.command(1, { '1.5.0': '2' }));
    const result = await workers.command('list');
    expect(buildIn(result, '2')).toMatchObject({ status: 'current' });
    expect(buildIn(result, '1')).toMatchObject({ status: 'draining', mayStop: false });

    // Another step, after the promotion: still on the build that began.
    await sleeper.signal(begin);
    expect(await sleeper.query(whereabouts)).toEqual({ buildId: '1', generation: 0, stepsWhileBusy: 2 });
    expect(await retired('1')).toMatch(/^no: draining since [^\n]*\n$/);

    await sleeper.signal(finish);
    await until('the move to build 2', async () => (await sleeper.query(whereabouts)).buildId === '2');
    expect(await sleeper.query(whereabouts)).toMatchObject({ generation: 1 });
  });

  it('calls the old build drained once its last consent moved', async () => {
    await untilListed('1', { status: 'drained', mayStop: true });
    expect(await retired('1')).toMatch(/^yes: drained since \d{4}-.*\nstop fdx-consent-worker@1\n$/s);
  });

  it('moves consents back on a rollback, each when its own timer wakes it', async () => {
    const sleeper = await workers.startSleeper('second', 500);
    await until('a start on build 2', async () => (await sleeper.query(whereabouts)).buildId === '2');
    await asOnPage(rollbackOnPage.text({ '1.4.2': '1' }));
    await until('the move back', async () => (await sleeper.query(whereabouts)).buildId === '1');
    expect(await sleeper.query(whereabouts)).toMatchObject({ generation: 1 });
    // Asleep for a day: nobody told it, so build 2 must stay.
    await untilListed('2', { status: 'draining', pinnedRuns: 1, mayStop: false });
  });

  it('gives a build a share of the consents, and takes it back', async () => {
    await workers.startWorker('3');
    await asOnPage(promoteOnPage.command(0, { '1.5.0': '3', '--ramp 5': '--ramp 100' }));
    const ramping = await workers.command('list');
    expect(buildIn(ramping, '3')).toMatchObject({ status: 'ramping', rampPercentage: 100, mayStop: false });
    expect(buildIn(ramping, '1')).toMatchObject({ status: 'current' });
    const sleeper = workers.client.workflow.getHandle('second');
    await until('the move to build 3', async () => (await sleeper.query(whereabouts)).buildId === '3');

    const ended = await workers.command('promote', ['3'], { ramp: '0' });
    // Draining, or already drained when the sleeper was quick.
    expect(buildIn(ended, '3')?.status).toMatch(/^drain(ing|ed)$/);
    await until('the move back', async () => (await sleeper.query(whereabouts)).buildId === '1');
  });

  it('hands everything back to unversioned workers, and only when there is one', async () => {
    const leave = () => workers.command('promote', [], { unversioned: true });
    await expect(leave()).rejects.toThrow('start a worker without WORKER_BUILD_ID first');
    await workers.startWorker();
    await until('an unversioned worker', async () =>
      (await workers.command('list')).text.includes('1 unversioned: they get nothing, since a build is current.'),
    );
    expect((await leave()).text).toContain('1 unversioned: they get the work, since no build is current.');
    const sleeper = workers.client.workflow.getHandle('second');
    await until('the move', async () => (await sleeper.query(whereabouts)).buildId === undefined);
  });
});

describe('a worker process with a build id', () => {
  const stack = currentStack();

  it('tells the build at GET /readyz and in its log, and does nothing before it is promoted', async () => {
    const port = await chooseRandomPort();
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-worker-'));
    const logFile = path.join(directory, 'worker.log');
    const version = { WORKER_DEPLOYMENT_NAME: 'fdx-consent-trial', WORKER_BUILD_ID: '1.4.0-3f9c2ab' };
    const settings = { PATH: pathWithNode(), WORKER_DEPLOYMENT_NAME: version.WORKER_DEPLOYMENT_NAME };
    const readyUrl = `http://127.0.0.1:${port}/readyz`;
    const child = await SupervisedChild.start({
      name: 'worker',
      command: 'bash',
      args: ['-c', startOnPage.text({ '1.5.0': version.WORKER_BUILD_ID })],
      cwd: repositoryRoot,
      env: { ...stack.productEnvironment, ...settings, LOG_LEVEL: 'info', WORKER_HEALTH_PORT: String(port) },
      logFile,
      runDirectory: directory,
      ready: answersOk(readyUrl),
    });
    try {
      const told = { deploymentName: version.WORKER_DEPLOYMENT_NAME, buildId: version.WORKER_BUILD_ID };
      expect(await (await fetch(readyUrl)).json()).toEqual({ status: 'ready', ...told });
      const running = (await readFile(logFile, 'utf8')).split('\n').find((line) => line.includes('worker is running'));
      expect(JSON.parse(running ?? '{}')).toMatchObject(told);
      await until('a build that gets no work', async () => {
        const environment = { ...version, TEMPORAL_ADDRESS: stack.temporalAddress };
        const build = buildIn(await runWorkersCommand(environment, 'list'), version.WORKER_BUILD_ID);
        return build?.status === 'inactive' && build.workers === 1;
      });
    } finally {
      await child.stop();
      await rm(directory, { recursive: true });
    }
  });
});

describe('a command that cannot be right', () => {
  it.each([
    [
      'a build that no worker has polled with',
      'promote',
      ['nope'],
      {},
      /WORKER_BUILD_ID=nope first .*knows: 3, 2, 1\)/,
    ],
    ['no build', 'promote', [], {}, /^Name the build/],
    ['a ramp that is no percentage', 'promote', ['1'], { ramp: '101' }, /^--ramp takes a number from 0 to 100$/],
    ['the end of a ramp that is none', 'promote', ['1'], { ramp: '0' }, /^Build 1 is not ramping/],
    ['both kinds of worker at once', 'promote', ['1'], { unversioned: true }, /^--unversioned stands alone$/],
    ['the retirement of an unknown build', 'can-retire', ['nope'], {}, /^Temporal knows no build nope/],
  ])('is refused: %s', async (_what, verb, positionals, values, message) => {
    await expect(workers.command(verb, positionals, values)).rejects.toThrow(message);
  });

  it('says where Temporal should be when it is away', async () => {
    const away = runWorkersCommand({ TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'list');
    await expect(away).rejects.toThrow('Temporal does not answer at 127.0.0.1:1.');
  });
});
