import { createServer, type Server } from 'node:http';
import { createAccessTokens } from './access/access-tokens';
import { createApp } from './api/app';
import type { ApiDependencies } from './api/dependencies';
import { createConsentEngine } from './temporal/consent-engine';
import { sweepRegularly } from './api/sweep';
import { checkAuditProtection } from './audit-protection';
import { lifePolicyOf, readConfig, type Config } from './config';
import { createInstitutionTraffic } from './data-access/traffic';
import { checkInstitution } from './institutions/check';
import { createInstitutionClients } from './institutions/clients';
import { loadInstitutionsFile } from './institutions/load';
import { logCrashes, tellFailedStart } from './crash-log';
import { createRefreshes } from './custody/refreshes';
import { kantaraPolicyOf } from './evidence/kantara-policy';
import { createLog, type Log } from './log';
import { createMetrics, serveMetrics, type Metrics } from './metrics';
import { tellLostGrant } from './notifications/lost-grants';
import { createPublisherVerifier } from './notifications/verifier';
import { ensureSigningKeys } from './signing/first-keys';
import { openKeyBook, type KeyBook } from './signing/key-book';
import { createPublishedKeys } from './signing/published-keys';
import { keyServicesAt } from './signing/socket-key-service';
import { openDatabase, type Database } from './store/database';
import type { EventLog } from './store/event-log';
import { createKeyUse } from './store/key-use';
import { openVault } from './store/open-vault';
import { openedFor } from './store/opening-log';
import { openProgressFeed } from './store/progress';
import { pseudonymKey } from './store/service-secrets';
import type { Vault } from './store/vault';
import { createTemporalClient } from './temporal/connection';
import { createErasures } from './temporal/erasures';
import { createPayloadCodec } from './temporal/payload-codec';
import { createRegistrations } from './temporal/registrations';
import { untilAvailable } from './temporal/until-available';
import type { WebhookHands } from './webhooks/endpoints';
import { createWebhookSender } from './webhooks/sender';
import { createSecretBook } from './store/webhook-secrets';

/** Request line and headers together. */
const MAX_HEADER_BYTES = 64 * 1024;
/** Requests that are under way when we are told to stop get this long: as long as a launch may take. */
const DRAIN_MS = 10_000;

/** An API process. Any number of them share the work; none holds state. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog('api', config.LOG_LEVEL);
  logCrashes(log);
  const database = openDatabase({
    url: config.DATABASE_URL,
    maxConnections: config.DATABASE_MAX_CONNECTIONS,
    onConnectionLost: () => {
      log.warn('an idle database connection was lost');
    },
  });
  const metrics = createMetrics('api');
  serveMetrics(metrics, { host: config.HOST, port: config.METRICS_PORT }, (code) => {
    log.warn({ port: config.METRICS_PORT, code }, 'the port for metrics cannot be opened');
  });
  const { vault, events, close: closeVault } = openVault(config, metrics.secretOpened);
  const stopping = new AbortController();
  const { deps, keys } = await untilAvailable(log, 'the database', () =>
    openedFor(
      () => ({ openedBy: 'api', reason: 'start' }),
      () => assemble(config, { database, vault, events, log, metrics, stopping: stopping.signal }),
    ),
  );
  const server = await listen(createApp(deps), config);
  const sweep = sweepRegularly(deps);
  const stop = () => {
    log.info('stopping');
    sweep.stop();
    stopping.abort();
    server.close(() => {
      void letGo(deps, keys, closeVault).finally(() => process.exit(0));
    });
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Who reads this may tell us to stop at once.
  log.info({ host: config.HOST, port: portOf(server), publicUrl: config.PUBLIC_URL }, 'API is listening');
}

/** Refreshes that nobody waits for are still somebody's tokens. */
async function letGo(deps: ApiDependencies, keys: KeyBook, closeVault: () => Promise<void>): Promise<void> {
  await Promise.allSettled([deps.refreshes.settled(), deps.keyUse.settled()]);
  keys.close();
  deps.institutions.close();
  await Promise.allSettled([deps.progress.close(), closeVault(), deps.database.destroy()]);
}

interface Parts {
  readonly database: Database;
  readonly vault: Vault;
  readonly events: EventLog;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly stopping: AbortSignal;
}

interface Assembled {
  readonly deps: ApiDependencies;
  readonly keys: KeyBook;
}

async function assemble(
  config: Config,
  { database, vault, events, log, metrics, stopping }: Parts,
): Promise<Assembled> {
  await checkAuditProtection(database, config.AUDIT_PROTECTION, log);
  await loadInstitutionsFile(database, config.INSTITUTIONS_FILE);
  await ensureSigningKeys(database, vault);
  const pseudonyms = await pseudonymKey(database, vault);
  // Last: it goes on reading by itself, and an attempt that fails before it leaves nothing behind. Receipts are signed by workers.
  const places = { database, vault, keyServices: keyServicesAt(config.KEY_SERVICE_SOCKET) };
  const keys = await openKeyBook({ ...places, log }, ['client']);
  const client = createTemporalClient(config);
  const engine = createConsentEngine(client);
  const surroundings = {
    keys,
    redirectUri: `${config.PUBLIC_URL}/callback`,
    proxyUrl: config.OUTBOUND_PROXY_URL,
    answerTimeoutMs: config.OUTBOUND_TIMEOUT_SECONDS * 1000,
  };
  const institutions = createInstitutionClients({ ...surroundings, observe: metrics.bankAnswered });
  const deps: ApiDependencies = {
    database,
    vault,
    events,
    log,
    metrics,
    stopping,
    ...access(config, { database, log }),
    institutions,
    traffic: createInstitutionTraffic(),
    refreshes: createRefreshes({ maxConnections: config.DATABASE_MAX_CONNECTIONS, onEnd: metrics.refreshEnded }),
    reportLostGrant: (lost) => tellLostGrant({ database, engine }, lost),
    checkInstitution: (institution) =>
      checkInstitution(database, institution, () => institutions.for(institution.profile, institution.revision)),
    verifyPublisher: createPublisherVerifier(surroundings, `${config.PUBLIC_URL}/notifications`),
    engine,
    registrations: createRegistrations(client),
    erasures: createErasures(client),
    payloadCodec: createPayloadCodec(config.PAYLOAD_KEYS),
    publishedKeys: createPublishedKeys(database, log),
    webhooks: webhookHands(config, database, vault),
    settings: {
      publicUrl: config.PUBLIC_URL,
      aggregatorName: config.AGGREGATOR_NAME,
      kantara: kantaraPolicyOf(config),
      authorizationWindowSeconds: config.AUTHORIZATION_WINDOW_SECONDS,
      outcomeWaitSeconds: config.OUTCOME_WAIT_SECONDS,
      eventRetentionDays: config.EVENT_RETENTION_DAYS,
      idempotencyRetentionSeconds: config.IDEMPOTENCY_RETENTION_HOURS * 3_600,
      requestPolicy: { maxConsentDays: config.MAX_CONSENT_DAYS, maxLookbackDays: config.MAX_LOOKBACK_DAYS },
      lifePolicy: lifePolicyOf(config),
      trustsClientCert: config.CLIENT_CERT_HEADER,
      requestsPerMinute: config.RATE_LIMIT_PER_MINUTE,
      authenticationFailuresPerMinute: config.AUTHENTICATION_FAILURES_PER_MINUTE,
      codecCorsOrigin: config.CODEC_CORS_ORIGIN,
      pseudonymKey: pseudonyms,
    },
    progress: openProgressFeed(config.DATABASE_URL),
  };
  return { deps, keys };
}

/** For challenges: deliveries are the workers' affair. */
function webhookHands(config: Config, database: Database, vault: Vault): WebhookHands {
  const sender = createWebhookSender({
    allowPrivateAddresses: config.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
    timeoutSeconds: config.WEBHOOKS_TIMEOUT_SECONDS,
    proxyUrl: config.OUTBOUND_PROXY_URL,
  });
  return { database, vault, sender, secrets: createSecretBook({ database, vault }) };
}

function access(config: Config, { database, log }: Pick<Parts, 'database' | 'log'>) {
  return {
    accessTokens: createAccessTokens(config.ACCESS_TOKEN_ISSUERS ?? [], {
      proxyUrl: config.OUTBOUND_PROXY_URL,
      onUnreadable: (issuer) => {
        log.warn({ origin: issuer }, 'the keys of an issuer of access tokens cannot be read');
      },
    }),
    keyUse: createKeyUse(database, () => {
      log.warn('when keys were used could not be written down');
    }),
  };
}

function listen(app: ReturnType<typeof createApp>, config: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    // A cursor of a bank's may be longer than what Node takes in all headers by itself: that one is told as a problem document.
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
    server.once('error', reject).listen(config.PORT, config.HOST, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

/** The one it got, when the configuration leaves the choice to the system. */
function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

main().catch((error: unknown) => {
  tellFailedStart(error);
  process.exit(1);
});
