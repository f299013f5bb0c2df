import type { Server } from 'node:http';
import { createApp } from './api/app';
import type { ApiDependencies } from './api/dependencies';
import { createConsentEngine } from './temporal/consent-engine';
import { sweepRegularly } from './api/sweep';
import { lifePolicyOf, readConfig, type Config } from './config';
import { checkInstitution } from './institutions/check';
import { createInstitutionClients } from './institutions/clients';
import { loadInstitutionsFile } from './institutions/load';
import { createLog, type Log } from './log';
import { createPublisherVerifier } from './notifications/verifier';
import { ensureSigningKeys } from './signing/first-keys';
import { createPublishedKeys } from './signing/published-keys';
import { openDatabase, type Database } from './store/database';
import { openProgressFeed } from './store/progress';
import { pseudonymKey } from './store/service-secrets';
import { createVault } from './store/vault';
import { createTemporalClient } from './temporal/connection';
import { createPayloadCodec } from './temporal/payload-codec';
import { createRegistrations } from './temporal/registrations';
import { untilAvailable } from './temporal/until-available';

/** Requests that are under way when we are told to stop get this long: as long as a launch may take. */
const DRAIN_MS = 10_000;

/** An API process. Any number of them share the work; none holds state. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog('api', config.LOG_LEVEL);
  const database = openDatabase({
    url: config.DATABASE_URL,
    maxConnections: config.DATABASE_MAX_CONNECTIONS,
    onConnectionLost: () => {
      log.warn('an idle database connection was lost');
    },
  });
  const deps = await untilAvailable(log, 'the database', () => assemble(config, database, log));
  const server = await listen(createApp(deps), config);
  const sweep = sweepRegularly(deps);
  log.info({ address: server.address(), publicUrl: config.PUBLIC_URL }, 'API is listening');

  const stop = () => {
    log.info('stopping');
    sweep.stop();
    server.close(() => {
      void Promise.allSettled([deps.progress.close(), database.destroy()]).then(() => process.exit(0));
    });
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), DRAIN_MS).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

async function assemble(config: Config, database: Database, log: Log): Promise<ApiDependencies> {
  const vault = createVault(config.VAULT_KEYS);
  await loadInstitutionsFile(database, config.INSTITUTIONS_FILE);
  await ensureSigningKeys(database, vault);
  const client = createTemporalClient(config);
  const surroundings = {
    // The API reads the metadata and keys of banks, for which nothing is signed: it holds no private key.
    keys: { current: () => undefined },
    redirectUri: `${config.PUBLIC_URL}/callback`,
    proxyUrl: config.OUTBOUND_PROXY_URL,
    answerTimeoutMs: config.OUTBOUND_TIMEOUT_SECONDS * 1000,
  };
  const clients = createInstitutionClients(surroundings);
  return {
    database,
    vault,
    log,
    checkInstitution: (institution) =>
      checkInstitution(database, institution, () => clients.for(institution.profile, institution.revision)),
    verifyPublisher: createPublisherVerifier(surroundings, `${config.PUBLIC_URL}/notifications`),
    engine: createConsentEngine(client),
    registrations: createRegistrations(client),
    payloadCodec: createPayloadCodec(config.PAYLOAD_KEYS),
    publishedKeys: createPublishedKeys(database, log),
    settings: {
      publicUrl: config.PUBLIC_URL,
      aggregatorName: config.AGGREGATOR_NAME,
      authorizationWindowSeconds: config.AUTHORIZATION_WINDOW_SECONDS,
      outcomeWaitSeconds: config.OUTCOME_WAIT_SECONDS,
      requestPolicy: { maxConsentDays: config.MAX_CONSENT_DAYS, maxLookbackDays: config.MAX_LOOKBACK_DAYS },
      lifePolicy: lifePolicyOf(config),
      trustsClientCert: config.CLIENT_CERT_HEADER,
      codecCorsOrigin: config.CODEC_CORS_ORIGIN,
      pseudonymKey: await pseudonymKey(database, vault),
    },
    // Last: it opens a connection, and an attempt that fails before it leaves nothing behind.
    progress: openProgressFeed(config.DATABASE_URL),
  };
}

function listen(app: ReturnType<typeof createApp>, config: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Express 5 calls back with the error when the port is taken.
    const server = app.listen(config.PORT, config.HOST, (error?: Error) => {
      if (error) reject(error);
      else resolve(server);
    });
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'the API failed'}\n`);
  process.exit(1);
});
