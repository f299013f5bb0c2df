import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleExample } from '../../scripts/bundle-example';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { repositoryRoot } from '../../scripts/setup/repository';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { pageBlock } from './support/page-block';
import { pathWithNode } from './support/page-shell';
import { ALICE, Journey } from './support/journey';
import { reserveBank } from './support/reservation';
import { until } from './support/until';

const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);
const startOnPage = pageBlock('examples/budget/README.md', 'start');

test('the example connects a person, reads their accounts and hears of it by webhooks', async () => {
  const port = await chooseRandomPort();
  // Past the installation and the build that `npm run` sees to, which are there or this test would not run; in place of the shell,
  // so that it hears the signal.
  const command = startOnPage.text({
    'npm run example': `exec node '${await bundleExample('budget')}'`,
    '…': stack.applicationKey,
  });
  const child = spawn('bash', ['-c', command], {
    env: { PATH: pathWithNode(), FDX_CONSENT_URL: stack.urls.api, PORT: String(port) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const says = (what: RegExp) =>
    until(what.source, () => Promise.resolve(what.exec(output) ?? undefined)).catch((error: unknown) => {
      throw new Error(`it said only: ${output}`, { cause: error });
    });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await says(/webhooks are enabled/);
    const forged = await fetch(`http://localhost:${port}/webhooks`, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
    const sent = await fetch(`http://localhost:${port}/`, { redirect: 'manual' });
    const journey = Journey.resume(application, '', sent.headers.get('location') ?? '');
    const { status, text } = await journey.comeBack(await journey.authorize(ALICE));
    expect([status, text]).toEqual([200, expect.stringContaining('Sandbox Bank is connected')]);
    await says(/account \S.*: [1-9]\d* transactions/);
    await says(/webhook consent\.active: cns_[0-9a-f]{32} is active/);
  } finally {
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }
});

test('it is shorter than a hundred lines', () => {
  const lines = readFileSync(path.join(repositoryRoot, 'examples/budget/app.ts'), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThan(100);
});
