import { execFile } from 'node:child_process';
import { compiled } from '../../scripts/setup/repository';

interface Ended {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of ours in which something breaks that nobody catches. */
function breakWith(statement: string): Promise<Ended> {
  const script = `
    const { createLog } = require(${JSON.stringify(compiled('src/log.js'))});
    const { logCrashes } = require(${JSON.stringify(compiled('src/crash-log.js'))});
    logCrashes(createLog('api', 'info'));
    setInterval(() => undefined, 1_000);
    function breaks() {
      const error = Object.assign(new TypeError('canary in the message'), { body: 'canary in a property' });
      error.cause = { access_token: 'canary in the cause' };
      return error;
    }
    ${statement}`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', script], { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr });
    });
  });
}

test.each([
  ['an exception that nobody catches', 'setImmediate(() => { throw breaks(); });', 'uncaughtException'],
  ['a rejection that nobody handles', 'void Promise.reject(breaks());', 'unhandledRejection'],
])('%s is logged by name and frames only, and ends the process', async (_, statement, origin) => {
  const { code, stdout, stderr } = await breakWith(statement);
  expect(code).toBe(1);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({
    service: 'api',
    level: 60,
    origin,
    name: 'TypeError',
    frames: expect.stringContaining('at breaks') as string,
  });
  expect(stdout).not.toContain('canary');
});
