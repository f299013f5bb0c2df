import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../scripts/setup/repository';
import { pageBlock } from '../integration/support/page-block';
import { pathWithNode } from '../integration/support/page-shell';

const run = promisify(execFile);
const installOnPage = pageBlock('docs/client.md', 'install');

let registry: Server;
let directory: string;
/** What npm asked for. */
let asked: string[];

beforeAll(async () => {
  asked = [];
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-client-'));
  registry = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').slice(1);
    asked.push(name);
    const answer = name.endsWith('.tgz') ? tarballOf(name.slice(0, -'.tgz'.length)) : descriptionOf(name);
    answer.then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  registry.close();
  registry.closeAllConnections();
  await rm(directory, { recursive: true, force: true });
});

/** A registry of what is installed here: a test that asks the real one for four packages would fail with it. */
function installed(name: string): string {
  return path.join(repositoryRoot, 'node_modules', name);
}

function origin(): string {
  const { port } = registry.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function descriptionOf(name: string): Promise<string> {
  const described = JSON.parse(readFileSync(path.join(installed(name), 'package.json'), 'utf8')) as { version: string };
  const { version } = described;
  const tarball = `${origin()}/${name}.tgz`;
  const versions = { [version]: { ...described, dist: { tarball } } };
  return Promise.resolve(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
}

async function tarballOf(name: string): Promise<Buffer> {
  const args = ['-czf', '-', '--transform', 's,^[.],package,', '-C', `${installed(name)}/`, '.'];
  const { stdout } = await run('tar', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

function environment(): NodeJS.ProcessEnv {
  return {
    PATH: pathWithNode(),
    HOME: directory,
    npm_config_registry: origin(),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

test('the client is installed into a project of somebody else as its page says, and works there both ways', async () => {
  await writeFile(path.join(directory, 'package.json'), '{ "name": "my-app", "private": true }');
  const commands = installOnPage.text({ '~/my-app': `'${directory}'` });
  await run('bash', ['-ec', commands], { cwd: repositoryRoot, env: environment() });
  expect(asked).toEqual(expect.arrayContaining(['openapi-fetch', 'openapi-fetch.tgz', 'standardwebhooks.tgz']));
  const own = { cwd: directory, env: environment() };
  const print = 'console.log(typeof createFdxConsentClient, typeof verifyWebhook)';
  const names = '{ createFdxConsentClient, verifyWebhook }';
  for (const [type, program] of [
    ['module', `import ${names} from '@fdx-consent/client'; ${print}`],
    ['commonjs', `const ${names} = require('@fdx-consent/client'); ${print}`],
  ] as const) {
    const { stdout } = await run('node', [`--input-type=${type}`, '--eval', program], own);
    expect([type, stdout]).toEqual([type, 'function function\n']);
  }
});
