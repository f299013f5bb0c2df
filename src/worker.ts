import { createServer } from 'node:http';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { lifePolicyOf, readConfig, retentionPolicyOf, type Config } from './config';
import { createRegistrationClient } from './fapi/registration-client';
import { createInstitutionClients, type InstitutionClients } from './institutions/clients';
import { loadInstitutionsFile } from './institutions/load';
import { watchInstitutions, type WatchEvent } from './institutions/watch';
import { createLog, type Log } from './log';
import { ensureSigningKeys } from './signing/first-keys';
import { openKeyBook, type KeyBook } from './signing/key-book';
import { keyServicesAt } from './signing/socket-key-service';
import { framesOf } from './stack-frames';
import { openDatabase, type Database } from './store/database';
import { createVault, type Vault } from './store/vault';
import { createTemporalClient, dataConverterFor } from './temporal/connection';
import { createHousekeepingDoors } from './temporal/housekeeping';
import { runtimeLogger } from './temporal/runtime-log';
import { ensureSchedules } from './temporal/schedules';
import { untilAvailable } from './temporal/until-available';
import { deploymentVersionOf, versioningOptions } from './temporal/worker-version';
import { TASK_QUEUE } from './workflows/contract';

/** A worker process: runs consents and their activities. Any number of them share the work. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog('worker', config.LOG_LEVEL);
  Runtime.install({ logger: runtimeLogger(log), shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const database = openDatabase({
    url: config.DATABASE_URL,
    maxConnections: config.DATABASE_MAX_CONNECTIONS,
    onConnectionLost: () => {
      log.warn('an idle database connection was lost');
    },
  });
  const vault = createVault(config.VAULT_KEYS);
  const keys = await untilAvailable(log, 'the database', async () => {
    await loadInstitutionsFile(database, config.INSTITUTIONS_FILE);
    await ensureSigningKeys(database, vault);
    return openKeyBook({ database, vault, keyServices: keyServicesAt(config.KEY_SERVICE_SOCKET), log });
  });

  const institutions = createInstitutionClients({ keys, redirectUri: redirectUriOf(config), ...limitsOf(config) });
  const client = createTemporalClient(config);
  const connection = await untilAvailable(log, 'Temporal', () => connect(config));
  const dataConverter = dataConverterFor(config.PAYLOAD_KEYS);
  const worker = await Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: config.WORKFLOW_BUNDLE },
    activities: createActivities(dependenciesOf(config, { database, vault, institutions, keys, client, log })),
    dataConverter,
    ...versioningOptions(config),
    // Local activities run inside the workflow task; on shutdown they may finish.
    shutdownGraceTime: '10s',
  });
  await untilAvailable(log, 'Temporal', () =>
    ensureSchedules(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter })),
  );
  serveHealth(config, worker, log);
  log.info({ taskQueue: TASK_QUEUE, ...deploymentVersionOf(config) }, 'worker is running');
  const watch = watchInstitutions({
    database,
    clientFor: (institution) => () => institutions.for(institution.profile, institution.revision),
    report: (event) => {
      reportWatch(event, log);
    },
  });
  await worker.run();
  watch.stop();
  keys.close();
  await Promise.all([connection.close(), client.connection.close()]);
  await database.destroy();
}

interface Parts {
  readonly database: Database;
  readonly vault: Vault;
  readonly institutions: InstitutionClients;
  readonly keys: KeyBook;
  readonly client: Client;
  readonly log: Log;
}

function dependenciesOf(config: Config, parts: Parts): ActivityDependencies {
  const { database, vault, institutions, keys, client, log } = parts;
  return {
    database,
    vault,
    institutions,
    receiptSigner: () => keys.receiptSigner(),
    registrationClientFor: (template) => createRegistrationClient({ template, ...limitsOf(config) }),
    ownAddresses: { redirectUri: redirectUriOf(config), jwksUri: `${config.PUBLIC_URL}/.well-known/jwks.json` },
    aggregator: {
      name: config.AGGREGATOR_NAME,
      ...(config.AGGREGATOR_HOME_URI !== undefined && { homeUri: config.AGGREGATOR_HOME_URI }),
    },
    notificationsUrl: `${config.PUBLIC_URL}/notifications`,
    retention: retentionPolicyOf(config),
    housekeeping: createHousekeepingDoors(client, lifePolicyOf(config), log),
    report: (activity, name, frames) => {
      log.error({ activity, name, frames }, 'an activity broke');
    },
  };
}

function redirectUriOf(config: Config): string {
  return `${config.PUBLIC_URL}/callback`;
}

function limitsOf(config: Config) {
  return { proxyUrl: config.OUTBOUND_PROXY_URL, answerTimeoutMs: config.OUTBOUND_TIMEOUT_SECONDS * 1000 };
}

function connect(config: Config): Promise<NativeConnection> {
  return NativeConnection.connect({
    address: config.TEMPORAL_ADDRESS,
    tls: config.TEMPORAL_TLS,
    ...(config.TEMPORAL_API_KEY !== undefined && { apiKey: config.TEMPORAL_API_KEY }),
  });
}

function reportWatch(event: WatchEvent, log: Log): void {
  if (event.kind === 'broke') {
    log.warn({ frames: framesOf(event.error) }, 'a round of institution checks did not finish; it comes again');
    return;
  }
  const { outcome, reason } = event.check;
  log.warn({ institutionId: event.institutionId, reason }, `the institution is ${outcome}`);
}

/** For orchestrators: ready while the worker polls, and which build it is. */
function serveHealth(config: Config, worker: Worker, log: Log): void {
  const { HOST: host, WORKER_HEALTH_PORT: port } = config;
  if (port === 0) return;
  const version = deploymentVersionOf(config);
  const server = createServer((_request, response) => {
    const ready = worker.getState() === 'RUNNING';
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: ready ? 'ready' : 'not_ready', ...version }));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    log.warn({ port, code: error.code }, 'the health port cannot be opened');
  });
  server.listen(port, host).unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'the worker failed'}\n`);
  process.exitCode = 1;
});
