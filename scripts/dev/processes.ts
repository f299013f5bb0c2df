import path from 'node:path';
import { SupervisedChild } from '../setup/child-process';
import { answersOk } from '../setup/readiness';
import { compiled, repositoryRoot } from '../setup/repository';
import type { Parts } from './parts';
import { passedOn } from './product-environment';
import type { Site } from './site';

type Environment = Record<string, string>;

/** The sandbox bank, a process of its own as every bank is. */
export function startBank(
  site: Site,
  parts: Parts,
  databaseUrl: string,
  env: Environment = {},
): Promise<SupervisedChild> {
  const { ports, certificates } = site;
  return startNode(site, parts, {
    name: 'bank',
    script: compiled('sandbox/main.js'),
    env: {
      ...passedOn(),
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_PORT: String(ports.bank),
      SANDBOX_ISSUER: site.bankUrl,
      SANDBOX_TLS_CERT_FILE: certificates.serverCertificateFile,
      SANDBOX_TLS_KEY_FILE: certificates.serverKeyFile,
      SANDBOX_CLIENTS_FILE: site.clientsFile,
      SANDBOX_MTLS_PORT: String(ports.bankMtls),
      SANDBOX_CLIENT_CA_FILE: certificates.caFile,
      SANDBOX_CONTROL_PORT: String(ports.bankControl),
      SANDBOX_DATABASE_URL: databaseUrl,
      ...env,
    },
    readyUrl: `${site.bankUrl}/healthz`,
    ca: certificates.caPem,
  });
}

export function startApis(
  site: Site,
  parts: Parts,
  product: Environment,
  env: Environment = {},
): Promise<SupervisedChild[]> {
  return startEach(site, parts, site.ports.apis, (port, index) => ({
    name: numbered('api', index),
    script: compiled('src/server.js'),
    env: { ...product, PORT: String(port), ...env },
  }));
}

export function startWorkers(
  site: Site,
  parts: Parts,
  product: Environment,
  env: Environment = {},
): Promise<SupervisedChild[]> {
  return startEach(site, parts, site.ports.workers, (port, index) => ({
    name: numbered('worker', index),
    script: compiled('src/worker.js'),
    env: { ...product, WORKER_HEALTH_PORT: String(port), ...env },
  }));
}

/** One process for each port; each says there when it is ready. */
function startEach(
  site: Site,
  parts: Parts,
  ports: readonly number[],
  describe: (port: number, index: number) => Omit<NodeProcess, 'readyUrl'>,
): Promise<SupervisedChild[]> {
  return Promise.all(
    ports.map((port, index) =>
      startNode(site, parts, { ...describe(port, index), readyUrl: `http://127.0.0.1:${port}/readyz` }),
    ),
  );
}

interface NodeProcess {
  name: string;
  script: string;
  env: Environment;
  readyUrl: string;
  ca?: string;
}

function startNode(
  site: Site,
  parts: Parts,
  { name, script, env, readyUrl, ca }: NodeProcess,
): Promise<SupervisedChild> {
  const start = (): Promise<SupervisedChild> =>
    SupervisedChild.start({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', script],
      cwd: repositoryRoot,
      env,
      logFile: path.join(site.logDirectory, `${name}.log`),
      runDirectory: site.runDirectory,
      ready: answersOk(readyUrl, ca),
      signal: parts.signal,
    });
  return parts.start(start, (child) => child.stop());
}

/** worker, worker-2, worker-3: the one that is nearly always the only one keeps the plain name. */
function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
