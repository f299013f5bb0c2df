import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { passedOn } from '../scripts/dev/product-environment';
import { startStack, type Stack } from '../scripts/dev/stack';
import { ensureCertificates } from '../scripts/setup/certificates';
import { SupervisedChild, type ChildOptions } from '../scripts/setup/child-process';
import type { Tell } from '../scripts/setup/missing-part';
import { chooseRandomPort } from '../scripts/setup/ports';
import { answersOk, type Probe } from '../scripts/setup/readiness';
import { compiled, repositoryRoot, stateDirectory } from '../scripts/setup/repository';
import type { Target } from './load/messages';
import type { Variant } from './plan';
import { profiling } from './profiling';

/** Everything both variants need, running, each part in a process of its own. */
export interface Stage {
  targets: Record<Variant, Target>;
  temporalAddress: string;
  temporalNamespace: string;
  pids(): Record<string, number | undefined>;
  stop(): Promise<void>;
}

export interface StageOptions {
  tell: Tell;
  /** Where API and worker write CPU profiles as they end. */
  profileDirectory?: string | undefined;
}

const HAND_ROLLED_CLIENT = 'hand-rolled';

/** Temporal in memory, PostgreSQL embedded, the bank in memory: only the variants themselves are to differ. */
export async function setStage({ tell, profileDirectory }: StageOptions): Promise<Stage> {
  const dataDir = path.join(stateDirectory, 'bench');
  const productEnv = { LOG_LEVEL: 'warn', ...(profileDirectory && profiling(profileDirectory)) };
  const stack = await startStack({
    dataDir,
    ports: 'random',
    fresh: true,
    ui: false,
    // Ours instead: it must know one client more.
    without: ['bank'],
    apiEnv: productEnv,
    workerEnv: productEnv,
    onProgress: tell,
  });
  const stops = [() => stack.stop()];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const publicUrl = `http://localhost:${await chooseRandomPort()}`;
    const bank = await startBank(stack, dataDir, publicUrl);
    stops.push(() => bank.stop());
    const apiKey = randomBytes(32).toString('base64url');
    const handRolled = await startHandRolled(stack, dataDir, publicUrl, apiKey);
    stops.push(() => handRolled.stop());
    const { postgres, temporal, api, worker } = stack.children;
    const parts = { api, worker, temporal, postgres, 'hand-rolled': handRolled, bank };
    return {
      targets: {
        durable: targetOf(stack, stack.urls.api, stack.applicationKey),
        'hand-rolled': targetOf(stack, publicUrl, apiKey),
      },
      temporalAddress: stack.temporalAddress,
      temporalNamespace: stack.temporalNamespace,
      pids: () => Object.fromEntries(Object.entries(parts).map(([name, child]) => [name, child?.pid])),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The return URL that the stack registers for its application; a browser that ends there has the outcome. */
const returnUrlOf = (stack: Stack): string => `${stack.urls.api}/demo/return`;

const targetOf = (stack: Stack, apiUrl: string, apiKey: string): Target => ({
  apiUrl,
  apiKey,
  bankUrl: stack.urls.bank,
  caPem: stack.caPem,
  returnUrl: returnUrlOf(stack),
});

/** The stack's own bank with one client more, and without a database: its disk is not what is measured. */
async function startBank(stack: Stack, dataDir: string, publicUrl: string): Promise<SupervisedChild> {
  const known = JSON.parse(await readFile(path.join(dataDir, 'bank-clients.json'), 'utf8')) as object[];
  const clientsFile = path.join(dataDir, 'bench-clients.json');
  await writeFile(clientsFile, JSON.stringify([...known, handRolledClient(publicUrl)]));
  const certificates = await ensureCertificates(path.join(dataDir, 'tls'));
  return startNode(stack, dataDir, {
    name: 'bank',
    script: 'sandbox/main.js',
    env: {
      SANDBOX_PORT: new URL(stack.urls.bank).port,
      SANDBOX_ISSUER: stack.urls.bank,
      SANDBOX_TLS_CERT_FILE: certificates.serverCertificateFile,
      SANDBOX_TLS_KEY_FILE: certificates.serverKeyFile,
      SANDBOX_CLIENTS_FILE: clientsFile,
      // Some of the stack's clients are known by certificates; a bank that cannot ask for one would not start with them.
      SANDBOX_MTLS_PORT: new URL(stack.urls.bankMtls).port,
      SANDBOX_CLIENT_CA_FILE: certificates.caFile,
    },
    ready: answersOk(`${stack.urls.bank}/healthz`, stack.caPem),
  });
}

/** RFC 7591 §2. The same as the product's own client, but for its id and its addresses. */
const handRolledClient = (publicUrl: string): object => ({
  client_id: HAND_ROLLED_CLIENT,
  client_name: 'hand-rolled',
  redirect_uris: [`${publicUrl}/callback`],
  jwks_uri: `${publicUrl}/.well-known/jwks.json`,
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'PS256',
  id_token_signed_response_alg: 'PS256',
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
});

function startHandRolled(stack: Stack, dataDir: string, publicUrl: string, apiKey: string): Promise<SupervisedChild> {
  return startNode(stack, dataDir, {
    name: 'hand-rolled',
    script: 'bench/hand-rolled/main.js',
    env: {
      PORT: new URL(publicUrl).port,
      PUBLIC_URL: publicUrl,
      ISSUER: stack.urls.bank,
      FDX_BASE_URL: `${stack.urls.bank}/fdx/v6`,
      CLIENT_ID: HAND_ROLLED_CLIENT,
      CA_FILE: stack.caFile,
      API_KEY: apiKey,
      RETURN_URL: returnUrlOf(stack),
    },
    ready: answersOk(`${publicUrl}/.well-known/jwks.json`),
  });
}

interface NodeProcess {
  name: string;
  script: string;
  env: Record<string, string>;
  ready: Probe;
}

/** Run like the stack's own processes, so that no variant has another Node. */
async function startNode(stack: Stack, dataDir: string, part: NodeProcess): Promise<SupervisedChild> {
  const runDirectory = path.join(dataDir, 'run');
  await mkdir(runDirectory, { recursive: true });
  const options: ChildOptions = {
    name: part.name,
    command: process.execPath,
    args: ['--enable-source-maps', compiled(part.script)],
    cwd: repositoryRoot,
    env: { ...passedOn(), ...part.env },
    logFile: path.join(stack.logDirectory, `${part.name}.log`),
    runDirectory,
    ready: part.ready,
  };
  return SupervisedChild.start(options);
}
