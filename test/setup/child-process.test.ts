import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SupervisedChild, type ChildOptions } from '../../scripts/setup/child-process';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { identify } from '../../scripts/setup/process-identity';
import { answersOk } from '../../scripts/setup/readiness';
import { endLeftovers } from '../../scripts/setup/run-file';

const SERVER = `
  const http = require('node:http');
  console.log('hello from', process.pid, process.env.GREETING ?? '');
  http.createServer((_, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
`;

let directory: string;
let started: SupervisedChild[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-child-'));
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map((child) => child.stop()));
  await rm(directory, { recursive: true, force: true });
});

async function options(script: string, more: Partial<ChildOptions> = {}): Promise<ChildOptions> {
  const port = await chooseRandomPort();
  return {
    name: 'server',
    command: process.execPath,
    args: ['-e', script],
    env: { PORT: String(port) },
    logFile: path.join(directory, 'server.log'),
    runDirectory: path.join(directory, 'run'),
    ready: answersOk(`http://127.0.0.1:${port}/`),
    ...more,
  };
}

async function start(script: string, more: Partial<ChildOptions> = {}): Promise<SupervisedChild> {
  const child = await SupervisedChild.start(await options(script, more));
  started.push(child);
  return child;
}

const isAlive = async (pid: number | undefined): Promise<boolean> =>
  pid !== undefined && (await identify(pid)) !== undefined;

describe('a supervised child', () => {
  test('is ready when its start returns, and logs to its file', async () => {
    const child = await start(SERVER);
    expect(await isAlive(child.pid)).toBe(true);
    expect(await readFile(child.logFile, 'utf8')).toContain(`hello from ${child.pid ?? '?'}`);
  });

  test('that dies before it is ready is reported at once, with its last words', async () => {
    const begun = Date.now();
    const failure = start('console.error("the port is cursed"); process.exit(7)');
    await expect(failure).rejects.toThrow(/server ended with code 7 before it was ready[^]*the port is cursed/);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  test('that never gets ready is ended and reported', async () => {
    const failure = start('console.log(process.pid); setInterval(() => {}, 1000)', { readyWithinMs: 500 });
    await expect(failure).rejects.toThrow('server was not ready within 0.5 s');
    const pid = Number((await readFile(path.join(directory, 'server.log'), 'utf8')).trim());
    expect(await isAlive(pid)).toBe(false);
  });

  test('whose program does not exist is reported', async () => {
    await expect(start('', { command: path.join(directory, 'nothing') })).rejects.toThrow(
      /could not be started: .*ENOENT/,
    );
  });

  test('that ignores SIGTERM is killed when its time is over', async () => {
    const child = await start(`process.on('SIGTERM', () => {}); ${SERVER}`, { stopWithinMs: 300 });
    const { pid } = child;
    await child.stop();
    expect(await isAlive(pid)).toBe(false);
    expect(child.running).toBe(false);
  });

  test('takes its grandchildren with it', async () => {
    const spawnGrandchild = `const grandchild = require('node:child_process').spawn('sleep', ['60']); console.log('grandchild', grandchild.pid);`;
    const child = await start(spawnGrandchild + SERVER);
    const pid = Number(/grandchild (\d+)/.exec(await readFile(child.logFile, 'utf8'))?.[1]);
    expect(await isAlive(pid)).toBe(true);
    await child.stop();
    expect(await isAlive(pid)).toBe(false);
  });

  test('stops although it is paused', async () => {
    const child = await start(SERVER);
    child.pause();
    await child.stop();
    expect(child.running).toBe(false);
  });

  test('can be killed and started again with another environment', async () => {
    const child = await start(SERVER);
    const { pid } = child;
    await child.kill('SIGKILL');
    expect(child.running).toBe(false);
    await child.restart({ GREETING: 'again' });
    expect(child.pid).not.toBe(pid);
    expect(await readFile(child.logFile, 'utf8')).toContain(`hello from ${child.pid ?? '?'} again`);
  });

  test('leaves no run file after an orderly stop', async () => {
    const child = await start(SERVER);
    expect(existsSync(path.join(directory, 'run', 'server.json'))).toBe(true);
    await child.stop();
    expect(existsSync(path.join(directory, 'run', 'server.json'))).toBe(false);
  });
});

describe('leftovers of a killed parent', () => {
  const runFile = (): string => path.join(directory, 'run', 'server.json');
  const change = async (changes: object): Promise<void> => {
    const record = JSON.parse(await readFile(runFile(), 'utf8')) as object;
    await writeFile(runFile(), JSON.stringify({ ...record, ...changes }));
  };

  test('are ended by the next start', async () => {
    const child = await start(SERVER);
    await change({ parent: { pid: 999_999_999, startedAt: '1', commandLine: 'gone' } });
    await endLeftovers(path.join(directory, 'run'));
    // The next start sees it gone; its parent, which is us, hears of it a moment later.
    expect(await child.exited).toBe('SIGTERM');
    expect(child.running).toBe(false);
    expect(existsSync(runFile())).toBe(false);
  });

  test('are left alone, with an error, while their parent is up', async () => {
    const child = await start(SERVER);
    const parent = spawn('sleep', ['30']);
    await sleep(50);
    await change({ parent: await identify(parent.pid ?? 0) });
    await expect(endLeftovers(path.join(directory, 'run'))).rejects.toThrow(
      `another start (process ${parent.pid ?? '?'}) is up`,
    );
    expect(child.running).toBe(true);
    parent.kill();
  });

  test('are never confused with a process that got the same id later', async () => {
    const child = await start(SERVER);
    const { pid } = child;
    await change({ child: { pid, startedAt: '1', commandLine: 'something else' } });
    await endLeftovers(path.join(directory, 'run'));
    expect(await isAlive(pid)).toBe(true);
  });
});
