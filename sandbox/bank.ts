import type { Server as HttpServer } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type Provider from 'oidc-provider';
import { createAuthorizationServer } from './authorization-server';
import { defaultBehaviour } from './behaviour';
import type { SandboxConfig } from './config';
import { ConsentBook } from './consents/consent-book';
import { authorizationOf } from './control/authorization-of';
import { clientOf } from './control/client-of';
import { createControlServer } from './control/control-server';
import { FaultSwitch } from './control/fault-switch';
import { Journal } from './control/journal';
import { NonceChurn } from './control/nonce-churn';
import { Rulebook } from './control/rulebook';
import { FdxApi, FDX_PATH } from './fdx/fdx-api';
import { NonceWindow } from './fdx/nonce-window';
import { GrantManagement } from './grants/grant-management';
import { KeyRing } from './key-ring';
import { createListener, type Office } from './listener';
import { BankSessions } from './pages/bank-session';
import { NotificationBook } from './notifications/notification-book';
import { PublicationLog } from './notifications/publication-log';
import { Publisher } from './notifications/publisher';
import { SubscriptionBook } from './notifications/subscription-book';
import { loadBankKeys } from './signing-keys';
import { MemoryStore } from './store/memory-store';
import { PostgresStore } from './store/postgres-store';
import type { RecordStore } from './store/records';

export interface RunningBank {
  stop(): Promise<void>;
}

/** Puts the bank together and opens its doors. */
export async function startBank(config: SandboxConfig): Promise<RunningBank> {
  const { issuer, bankName, clients, initialAccessToken, mutualTls } = config;
  const fdxUrl = `${issuer}${FDX_PATH}`;
  const store = config.databaseUrl === undefined ? new MemoryStore() : await PostgresStore.open(config.databaseUrl);
  const keys = await loadBankKeys(store);
  const consents = new ConsentBook(store);
  const behaviour = defaultBehaviour();
  const keyRing = new KeyRing({ keys, store, behaviour });
  const provider = createAuthorizationServer({
    issuer,
    fdxUrl,
    mtlsUrl: mutualTls?.url,
    bankName,
    clients,
    initialAccessToken,
    keys,
    keyRing,
    store,
    consents,
    behaviour,
  });
  await checkClients(provider, config);

  const told = {
    subscriptions: new SubscriptionBook(store),
    notifications: new NotificationBook(store),
    log: new PublicationLog(),
  };
  const publisher = new Publisher({ issuer, bankName, keyRing, behaviour, ...told });
  consents.onChange((change) => publisher.publish(change));
  await consents.resumeRevocations();

  const nonces = new NonceWindow(Buffer.from(keys.dpopNonceSecret, 'hex'));
  const fdx = new FdxApi({ provider, consents, nonces, clients, behaviour, bank: { name: bankName, fdxUrl }, ...told });
  const grants = new GrantManagement({ provider, consents, nonces, fdxUrl });
  const sessions = new BankSessions(store, issuer);
  const authorize = provider.callback();
  const office: Office = { provider, sessions, consents, behaviour, fdx, grants, bankName, fdxUrl, authorize };

  const journal = new Journal();
  const rulebook = new Rulebook();
  const faults = switchFaults({ issuer, store, nonces, keyRing, provider, clients, consents, rulebook });

  const { certificate: cert, key } = config.tls;
  // FAPI 2.0 §5.2.1: TLS 1.2 or later.
  const options = { cert, key, minVersion: 'TLSv1.2' as const, keepAlive: true, keepAliveTimeout: 65_000 };
  const parts = { issuer, journal, faults, office };
  const bank = createServer(options, createListener({ door: { name: 'browser', origin: issuer }, ...parts }));
  const mutual = mutualTls && openMutualTls(options, mutualTls, parts);
  const control = createControlServer({ provider, rulebook, journal, consents, keyRing, behaviour, ...told });

  await listen(bank, config.port, config.host);
  if (mutual) await listen(mutual, mutualTls.port, config.host);
  // Loopback whatever the bank's own host: whoever reaches this may revoke any consent.
  if (config.controlPort !== undefined) await listen(control, config.controlPort, '127.0.0.1');
  return {
    stop: async () => {
      publisher.stop();
      await Promise.all([close(bank), close(control), mutual && close(mutual)]);
      await store.close();
    },
  };
}

interface FaultParts {
  issuer: string;
  store: RecordStore;
  nonces: NonceWindow;
  keyRing: KeyRing;
  provider: Provider;
  clients: SandboxConfig['clients'];
  consents: ConsentBook;
  rulebook: Rulebook;
}

/** Faults work with the bank's own hands, and ask it what a request is about. */
function switchFaults({ rulebook, issuer, store, nonces, keyRing, ...known }: FaultParts): FaultSwitch {
  return new FaultSwitch({
    rulebook,
    context: {
      issuer,
      store,
      nonces: new NonceChurn(nonces),
      signAsBank: (payload, header) => keyRing.sign(payload, header),
      rotateKeys: () => keyRing.rotate({ keepOld: true }),
    },
    inquiry: {
      clientOf: (exchange) => clientOf(exchange, known),
      authorizationOf: (exchange) => authorizationOf(exchange, known),
    },
  });
}

/**
 * The door that asks for a client's certificate. It lets everyone in: whether a certificate counts is for OAuth to say, and a
 * self-signed one counts by the key that the client has registered (RFC 8705 §2.2).
 */
function openMutualTls(
  options: ServerOptions,
  { url, clientCa }: NonNullable<SandboxConfig['mutualTls']>,
  parts: Omit<Parameters<typeof createListener>[0], 'door'>,
): Server {
  return createServer(
    { ...options, ca: clientCa, requestCert: true, rejectUnauthorized: false },
    createListener({ door: { name: 'mtls', origin: url }, ...parts }),
  );
}

/** Clients are static and read lazily by oidc-provider; a faulty one should stop the start and not the first flow. */
async function checkClients(provider: Provider, { clients }: SandboxConfig): Promise<void> {
  for (const { client_id: id } of clients) {
    try {
      await provider.Client.find(id);
    } catch (error) {
      const { error_description: reason } = error as { error_description?: string };
      throw new Error(`SANDBOX_CLIENTS_FILE: client ${id}: ${reason ?? String(error)}`);
    }
  }
}

const listen = (server: Server | HttpServer, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** How long answers in flight may take once the bank is told to stop. */
const GRACE_IN_MILLISECONDS = 400;

const close = (server: Server | HttpServer): Promise<void> =>
  new Promise((resolve) => {
    const deadline = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_IN_MILLISECONDS);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
