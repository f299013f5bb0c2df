import { createServer } from 'node:http';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from './activities';
import type { ActivityDependencies } from './activities/dependencies';
import { checkAuditProtection } from './audit-protection';
import { aggregatorOf, lifePolicyOf, readConfig, retentionPolicyOf, type Config } from './config';
import { keepAliveRegularly, type KeepAliveEvent } from './custody/keep-alive';
import { createRefreshes } from './custody/refreshes';
import { createRegistrationClient } from './fapi/registration-client';
import { createInstitutionClients, type InstitutionClients } from './institutions/clients';
import { loadInstitutionsFile } from './institutions/load';
import { watchInstitutions, type WatchEvent } from './institutions/watch';
import { logCrashes, tellFailedStart } from './crash-log';
import { createLog, type Log } from './log';
import { createMetrics, serveMetrics, type Metrics } from './metrics';
import { tellLostGrant } from './notifications/lost-grants';
import { ensureSigningKeys } from './signing/first-keys';
import { openKeyBook, type KeyBook } from './signing/key-book';
import { keyServicesAt } from './signing/socket-key-service';
import { framesOf } from './stack-frames';
import { openDatabase, type Database } from './store/database';
import { openVault } from './store/open-vault';
import { openedFor } from './store/opening-log';
import type { Vault } from './store/vault';
import { createConsentEngine } from './temporal/consent-engine';
import { createTemporalClient, dataConverterFor } from './temporal/connection';
import { createHousekeepingDoors } from './temporal/housekeeping';
import { runtimeTelemetry } from './temporal/runtime-log';
import { ensureSchedules } from './temporal/schedules';
import { untilAvailable } from './temporal/until-available';
import { deploymentVersionOf, versioningOptions } from './temporal/worker-version';
import { createSecretBook } from './store/webhook-secrets';
import { dispatchRegularly, ENDPOINT_BOUNDS, type Dispatcher } from './webhooks/dispatcher';
import { reportDeliveries } from './webhooks/reporting';
import { createWebhookSender } from './webhooks/sender';
import { TASK_QUEUE } from './workflows/contract';

/** A worker process: runs consents and their activities. Any number of them share the work. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog('worker', config.LOG_LEVEL);
  logCrashes(log);
  const metrics = createMetrics('worker');
  Runtime.install({ ...runtimeTelemetry(log, metricsPlaceOf(config)), shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const database = openDatabase({
    url: config.DATABASE_URL,
    maxConnections: config.DATABASE_MAX_CONNECTIONS,
    onConnectionLost: () => {
      log.warn('an idle database connection was lost');
    },
  });
  serveMetrics(metrics, { host: config.HOST, port: config.METRICS_PORT }, (code) => {
    log.warn({ port: config.METRICS_PORT, code }, 'the port for metrics cannot be opened');
  });
  const { vault, close: closeVault } = openVault(config, metrics.secretOpened);
  const keys = await untilAvailable(log, 'the database', () => openKeys(config, { database, vault, log }));

  const institutions = createInstitutionClients({
    keys,
    redirectUri: redirectUriOf(config),
    observe: metrics.bankAnswered,
    ...limitsOf(config),
  });
  const client = createTemporalClient(config);
  const connection = await untilAvailable(log, 'Temporal', () => connect(config));
  const dependencies = dependenciesOf(config, { database, vault, institutions, keys, client, log, metrics });
  const worker = await Worker.create({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: config.WORKFLOW_BUNDLE },
    activities: createActivities(dependencies),
    dataConverter: dataConverterFor(config.PAYLOAD_KEYS),
    ...versioningOptions(config),
    // Local activities run inside the workflow task; on shutdown they may finish.
    shutdownGraceTime: '10s',
  });
  await untilAvailable(log, 'Temporal', () =>
    ensureSchedules(new Client({ connection, namespace: config.TEMPORAL_NAMESPACE }), config.PAYLOAD_KEYS),
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
  const keepAlive = keepGrantsAlive(dependencies, client, log);
  const webhooks = sendWebhooks(config, dependencies, { log, metrics });
  await worker.run();
  watch.stop();
  keepAlive.stop();
  await webhooks.stop(SETTLE_MS);
  await dependencies.refreshes.settled();
  keys.close();
  await Promise.all([connection.close(), client.connection.close()]);
  await Promise.all([closeVault(), database.destroy()]);
}

function openKeys(
  config: Config,
  { database, vault, log }: Pick<Parts, 'database' | 'vault' | 'log'>,
): Promise<KeyBook> {
  const atStart = () => ({ openedBy: 'worker', reason: 'start' });
  return openedFor(atStart, async () => {
    await checkAuditProtection(database, config.AUDIT_PROTECTION, log);
    await loadInstitutionsFile(database, config.INSTITUTIONS_FILE);
    await ensureSigningKeys(database, vault);
    return openKeyBook({ database, vault, keyServices: keyServicesAt(config.KEY_SERVICE_SOCKET), log });
  });
}

interface Parts {
  readonly database: Database;
  readonly vault: Vault;
  readonly institutions: InstitutionClients;
  readonly keys: KeyBook;
  readonly client: Client;
  readonly log: Log;
  readonly metrics: Metrics;
}

function dependenciesOf(config: Config, parts: Parts): ActivityDependencies {
  const { database, vault, institutions, keys, client, log, metrics } = parts;
  return {
    database,
    vault,
    institutions,
    refreshes: createRefreshes({ maxConnections: config.DATABASE_MAX_CONNECTIONS, onEnd: metrics.refreshEnded }),
    receiptSigner: () => keys.receiptSigner(),
    registrationClientFor: (template) => createRegistrationClient({ template, ...limitsOf(config) }),
    ownAddresses: { redirectUri: redirectUriOf(config), jwksUri: `${config.PUBLIC_URL}/.well-known/jwks.json` },
    aggregator: aggregatorOf(config),
    notificationsUrl: `${config.PUBLIC_URL}/notifications`,
    retention: retentionPolicyOf(config),
    housekeeping: createHousekeepingDoors(client, lifePolicyOf(config), log),
    report: (activity, name, frames) => {
      log.error({ activity, name, frames }, 'an activity broke');
    },
  };
}

function keepGrantsAlive(dependencies: ActivityDependencies, client: Client, log: Log) {
  const { database } = dependencies;
  return openedFor(
    () => ({ openedBy: 'worker', reason: 'keepAlive' }),
    () =>
      keepAliveRegularly({
        // Nobody's workflow asks here: one whose grant is lost is told.
        deps: {
          ...dependencies,
          reportLostGrant: (lost) => tellLostGrant({ database, engine: createConsentEngine(client) }, lost),
        },
        report: (event) => {
          reportKeepAlive(event, log);
        },
      }),
  );
}

/** As long as local activities get: what is not over then is sent again by another worker, under the same id. */
const SETTLE_MS = 10_000;

function sendWebhooks(
  config: Config,
  { database, vault }: Pick<Parts, 'database' | 'vault'>,
  { log, metrics }: Pick<Parts, 'log' | 'metrics'>,
): Dispatcher {
  const sender = createWebhookSender({
    allowPrivateAddresses: config.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
    timeoutSeconds: config.WEBHOOKS_TIMEOUT_SECONDS,
    proxyUrl: config.OUTBOUND_PROXY_URL,
  });
  return openedFor(
    () => ({ openedBy: 'worker', reason: 'sign webhooks' }),
    () =>
      dispatchRegularly({
        database,
        sender,
        secrets: createSecretBook({ database, vault }),
        clock: { aheadSeconds: () => 0 },
        bounds: ENDPOINT_BOUNDS,
        timeoutSeconds: config.WEBHOOKS_TIMEOUT_SECONDS,
        disableAfterDays: config.WEBHOOKS_DISABLE_AFTER_DAYS,
        logDays: config.WEBHOOKS_LOG_DAYS,
        report: reportDeliveries(log, metrics),
        measured: metrics.webhooksWaiting,
      }),
  );
}

function redirectUriOf(config: Config): string {
  return `${config.PUBLIC_URL}/callback`;
}

function limitsOf(config: Config) {
  return { proxyUrl: config.OUTBOUND_PROXY_URL, answerTimeoutMs: config.OUTBOUND_TIMEOUT_SECONDS * 1000 };
}

/** Where the SDK shows what it counts; it opens the port itself. */
function metricsPlaceOf({ HOST: host, TEMPORAL_METRICS_PORT: port }: Config): string | undefined {
  return port === 0 ? undefined : `${host}:${port}`;
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

function reportKeepAlive(event: KeepAliveEvent, log: Log): void {
  if (event.kind === 'broke') {
    log.warn({ frames: framesOf(event.error) }, 'keeping idle grants alive broke; what was left is tried again');
    return;
  }
  const { institutionId, failure } = event;
  log.warn({ institutionId, code: failure }, 'an idle grant could not be kept alive');
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
  tellFailedStart(error);
  // The SDK's runtime and what listens would hold it open.
  process.exit(1);
});
