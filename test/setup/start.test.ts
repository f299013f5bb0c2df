import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../../scripts/setup/repository';

/** `npm start` as a user runs it, minus the installation, which has happened or these tests would not run. */
jest.setTimeout(120_000);

const UP = 'Ctrl-C stops everything.';

let dataDir: string;
let starts: Start[];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-start-'));
  await chmod(dataDir, 0o711);
  starts = [];
});

afterEach(async () => {
  for (const start of starts) await start.end();
  await rm(dataDir, { recursive: true, force: true });
});

class Start {
  output = '';
  readonly process: ChildProcess;
  readonly ended: Promise<number | NodeJS.Signals>;

  constructor(environment: Record<string, string>, ...args: string[]) {
    const env = { ...process.env, DATABASE_URL: '', ...environment };
    this.process = spawn(
      process.execPath,
      [compiled('scripts/dev/main.js'), '--random-ports', '--data-dir', dataDir, ...args],
      { env },
    );
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code, signal) => {
        resolve(code ?? signal ?? 'SIGKILL');
      });
    });
    starts.push(this);
  }

  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      const over = await Promise.race([this.ended.then(() => true), sleep(50, false)]);
      if (over) throw new Error(`it ended without saying "${text}":\n${this.output}`);
    }
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.process.kill(signal);
    return await this.ended;
  }
}

/** Every process that was started with something in this data directory. */
function processesOfTheStack(): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return ids.map(describeProcess).filter((description) => description.includes(dataDir));
}

function describeProcess(id: string): string {
  try {
    return `${id} ${readFileSync(`/proc/${id}/cmdline`, 'utf8')} ${readFileSync(`/proc/${id}/environ`, 'utf8')}`;
  } catch {
    return '';
  }
}

test('npm start -- --once tells one consent’s story, ends with its summary and leaves nothing running', async () => {
  const start = new Start({}, '--once');
  expect(await start.ended).toBe(0);
  const summary = JSON.parse(start.output.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(summary['status']).toBe('active');
  for (const name of ['consentId', 'workflowId', 'receiptId']) expect(typeof summary[name]).toBe('string');
  expect(JSON.stringify(summary['requested'])).toContain('STATEMENTS');
  expect(JSON.stringify(summary['granted'])).not.toContain('STATEMENTS');
  expect(Object.values(summary['timings'] as object).every((value) => typeof value === 'number')).toBe(true);
  expect(processesOfTheStack()).toEqual([]);
});

test('npm start stays up until it is asked to stop, and then leaves nothing running', async () => {
  const start = new Start({});
  await start.says(UP);
  expect(start.output).toMatch(/open +http:\/\/localhost:\d+\/connect\//);
  expect(processesOfTheStack().length).toBeGreaterThan(4);
  const [, docs = ''] = /the API, to try it +(http:\S+)/.exec(start.output) ?? [];
  expect((await fetch(docs)).status).toBe(200);
  expect(await start.end('SIGINT')).toBe(0);
  expect(processesOfTheStack()).toEqual([]);
});

test('a start that is interrupted half-way leaves nothing running', async () => {
  const start = new Start({});
  await start.says('PostgreSQL ready');
  expect(await start.end('SIGINT')).toBe(130);
  expect(processesOfTheStack()).toEqual([]);
});

test('after a kill -9 the next start ends what was left and finds the consents again', async () => {
  const killed = new Start({});
  await killed.says(UP);
  const consentUrl = ({ output }: Start): URL => new URL(/consent +(http:\S+)/.exec(output)?.[1] ?? '');
  const key = /Authorization: (Bearer \S+)/.exec(killed.output)?.[1] ?? '';
  await killed.end('SIGKILL');
  expect(processesOfTheStack().length).toBeGreaterThan(4);

  const next = new Start({});
  await next.says(UP);
  expect(next.output).toMatch(/ending api \(process \d+\), left by an earlier start/);
  const answer = await fetch(new URL(consentUrl(killed).pathname, consentUrl(next)), {
    headers: { Authorization: key },
  });
  expect(await answer.json()).toMatchObject({ status: 'active' });
  await next.end();
  expect(processesOfTheStack()).toEqual([]);
});

test('a second start in the same place is refused, and the first one stays up', async () => {
  const first = new Start({});
  await first.says(UP);
  const second = new Start({}, '--once');
  expect(await second.ended).toBe(1);
  expect(second.output).toContain(`another start (process ${first.process.pid ?? '?'}) is up in`);
  expect(first.process.exitCode).toBeNull();
});

test('a part that cannot start ends the start with the reason, and nothing stays', async () => {
  const start = new Start({ TEMPORAL_CLI: '/nowhere/temporal' });
  expect(await start.ended).toBe(1);
  expect(start.output).toContain('TEMPORAL_CLI=/nowhere/temporal: no such program');
  expect(processesOfTheStack()).toEqual([]);
});
