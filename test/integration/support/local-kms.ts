import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { SupervisedChild } from '../../../scripts/setup/child-process';
import { run } from '../../../scripts/setup/command';
import { tellNobody } from '../../../scripts/setup/missing-part';
import { ensurePip } from '../../../scripts/setup/pinned-wheel';
import { chooseRandomPort } from '../../../scripts/setup/ports';
import { answersOk } from '../../../scripts/setup/readiness';
import { repositoryRoot, stateDirectory } from '../../../scripts/setup/repository';

const REQUIREMENTS = path.join(repositoryRoot, 'test/integration/support/local-kms-requirements.txt');
export const REGION = 'us-east-1';
/** moto asks for some and compares none. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** AWS KMS as moto implements it: the real protocol and real AES-GCM with the encryption context, by people who know nothing of us. */
export interface LocalKms {
  readonly url: string;
  readonly client: KMSClient;
  createKey(): Promise<string>;
  stop(): Promise<void>;
}

export async function startLocalKms(): Promise<LocalKms> {
  const packages = await installed();
  const port = await chooseRandomPort();
  const url = `http://127.0.0.1:${port}`;
  const child = await SupervisedChild.start({
    name: `kms-${port}`,
    command: 'python3',
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    env: { PATH: process.env['PATH'], PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1' },
    logFile: path.join(stateDirectory, 'logs', 'kms.log'),
    runDirectory: path.join(stateDirectory, 'run'),
    ready: answersOk(`${url}/moto-api/`),
  });
  const client = new KMSClient({
    region: REGION,
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    url,
    client,
    async createKey() {
      const { KeyMetadata: key } = await client.send(new CreateKeyCommand({}));
      if (key?.KeyId === undefined) throw new Error('KMS made no key');
      return key.KeyId;
    },
    async stop() {
      client.destroy();
      await child.stop();
    },
  };
}

/** Where Python finds moto: from the cache, else through pip, which refuses whatever has another hash. */
async function installed(): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 16);
  const place = path.join(stateDirectory, 'cache', `moto-${digest}`);
  if (existsSync(place)) return place;
  await mkdir(path.dirname(place), { recursive: true });
  const fresh = await mkdtemp(`${place}-`);
  await ensurePip(tellNobody);
  const flags = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--disable-pip-version-check', '--quiet'];
  // 25 MB: five minutes is a slow line.
  await run('python3', ['-m', 'pip', 'install', ...flags, '--target', fresh, '-r', REQUIREMENTS], {
    withinMs: 5 * 60_000,
  });
  // Two that install at once: the second finds the place taken, and takes the first one's.
  await rename(fresh, place).catch(() => rm(fresh, { recursive: true, force: true }));
  return place;
}
