import path from 'node:path';
import { Pool } from 'pg';
import { startStack, type Stack } from '../../scripts/dev/stack';
import type { Tell } from '../../scripts/setup/missing-part';
import { stateDirectory } from '../../scripts/setup/repository';
import type { ApplicationId } from '../../src/domain/ids';
import { createApiKey } from '../../src/store/api-keys';
import { openDatabase } from '../../src/store/database';
import { parseKeyRing } from '../../src/store/key-ring';
import { openVault } from '../../src/store/open-vault';
import { insertEndpoint } from '../../src/store/webhook-endpoints';
import { createSecretBook, newSecret, sealSecret } from '../../src/store/webhook-secrets';
import type { WebhookHands } from '../../src/webhooks/endpoints';
import { createWebhookSender } from '../../src/webhooks/sender';
import { describeCommit, describeMachine } from '../machine';
import { profiling } from '../profiling';
import { addApplication, addConsents, changeMany } from './changes';
import { measureDeliveries, type DeliveryPlan } from './deliveries';
import { measureOutbox, type OutboxPlan } from './outbox';
import { measurePages } from './pages';
import { Parties } from './parties/process';
import type { OutboxFigures, WebhooksResult } from './result';
import { measureStreams, type StreamPlan } from './streams';

interface WebhooksPlan {
  outbox: OutboxPlan;
  deliveries: DeliveryPlan;
  events: number;
  streams: StreamPlan;
}

const FULL: WebhooksPlan = {
  outbox: {
    changes: 4_000,
    rounds: 4,
    levels: [
      { writers: 1, endpoints: 0 },
      { writers: 32, endpoints: 0 },
      { writers: 32, endpoints: 1 },
      { writers: 32, endpoints: 20 },
    ],
  },
  deliveries: { backlog: 10_000, consents: 250 },
  events: 100_000,
  streams: {
    ...{ changes: 400, changesPerSecond: 10 },
    levels: [
      { applications: 1, streamsOfEach: 1 },
      { applications: 5, streamsOfEach: 20 },
    ],
  },
};

/** Shows that it works. Its figures mean little. */
const QUICK: WebhooksPlan = {
  outbox: { ...FULL.outbox, changes: 320, rounds: 2 },
  deliveries: { backlog: 200, consents: 10 },
  events: 1_000,
  streams: { ...FULL.streams, changes: 20 },
};

const WRITERS = 32;

/** What it costs to tell applications: the outbox, deliveries, pages and streams of events, each beside the same done bare. */
export async function measureWebhooks(
  quick: boolean,
  tell: Tell,
  profileDirectory: string | undefined,
): Promise<WebhooksResult> {
  const plan = quick ? QUICK : FULL;
  const about = { startedAt: new Date().toISOString(), quick, commit: describeCommit(), machine: describeMachine() };
  const profile = profileDirectory && profiling(profileDirectory);
  const stack = await startStack({
    dataDir: path.join(stateDirectory, 'bench-webhooks'),
    ports: 'random',
    fresh: true,
    ui: false,
    apiEnv: { LOG_LEVEL: 'warn', ...profile },
    workerEnv: { LOG_LEVEL: 'warn', ...profile },
    bankEnv: { SANDBOX_DATABASE_URL: '' },
    onProgress: tell,
  });
  const pool = new Pool({ connectionString: stack.databaseUrl, max: WRITERS });
  pool.on('error', () => undefined);
  const { hands, close } = openHands(stack);
  const parties = Parties.start();
  try {
    const { api, worker, postgres } = stack.children;
    const deliveries = await measureDeliveries(
      {
        ...{ pool, hands, tell, receiverUrl: await parties.receive() },
        pids: () => ({ worker: worker?.pid, postgres: postgres?.pid, receivers: parties.pid }),
      },
      plan.deliveries,
    );
    const outbox = await outboxOf({ pool, hands, plan: plan.outbox, tell });
    const pages = await pagesOf(stack, { pool, hands, events: plan.events });
    tell(`${pages.nextReader.eventsPerSecond} events/s in pages, ${pages.bareEventsPerSecond} bare`);
    const streaming = { pool, database: hands.database, apiUrl: stack.urls.api, tell };
    const pids = () => ({ api: api?.pid, postgres: postgres?.pid });
    const streams = await measureStreams({ ...streaming, pids }, plan.streams);
    return { ...about, outbox, deliveries, pages, streams };
  } finally {
    parties.stop();
    await Promise.all([pool.end(), close()]);
    await stack.stop();
  }
}

function openHands({ databaseUrl, productEnvironment }: Stack): { hands: WebhookHands; close: () => Promise<void> } {
  const database = openDatabase({ url: databaseUrl, maxConnections: 4, onConnectionLost: () => undefined });
  const ring = parseKeyRing(productEnvironment['VAULT_KEYS'] ?? '');
  const { vault, close } = openVault({ VAULT_KEYS: ring, DATABASE_URL: databaseUrl });
  const sender = createWebhookSender({ timeoutSeconds: 15, allowPrivateAddresses: true });
  return {
    hands: { database, vault, sender, secrets: createSecretBook({ database, vault }) },
    close: async () => {
      await Promise.all([sender.close(), close()]);
      await database.destroy();
    },
  };
}

interface Outbox {
  readonly pool: Pool;
  readonly hands: WebhookHands;
  readonly plan: OutboxPlan;
  readonly tell: Tell;
}

/** Of one application, whose endpoints are paused: what is written is measured, and nothing is sent meanwhile. */
async function outboxOf({ pool, hands, plan, tell }: Outbox): Promise<OutboxFigures[]> {
  const applicationId = await addApplication(hands.database);
  const consentIds = await addConsents(pool, applicationId, WRITERS * 8);
  const figures = await measureOutbox(pool, consentIds, plan, async (endpoints) => {
    await pool.query('DELETE FROM webhook_endpoints WHERE application_id = $1', [applicationId]);
    for (let index = 0; index < endpoints; index += 1) await subscribe(hands, applicationId, index);
    await pool.query(`UPDATE webhook_endpoints SET status = 'paused' WHERE application_id = $1`, [applicationId]);
  });
  await pool.query('DELETE FROM webhook_endpoints WHERE application_id = $1', [applicationId]);
  for (const { writers, endpoints, ratios } of figures)
    tell(`outbox, ${writers} writers, ${endpoints} endpoints: ${ratios.with}, ${ratios.silent} without NOTIFY`);
  return figures;
}

async function subscribe(hands: WebhookHands, applicationId: ApplicationId, index: number): Promise<void> {
  const terms = { url: `https://hooks.example/${index}`, description: null, eventTypes: ['*'] };
  await insertEndpoint(hands.database, applicationId, terms, await sealSecret(hands, newSecret()));
}

async function pagesOf(stack: Stack, { pool, hands, events }: { pool: Pool; hands: WebhookHands; events: number }) {
  const applicationId = await addApplication(hands.database);
  const consentIds = await addConsents(pool, applicationId, Math.min(1_000, events));
  await changeMany(pool, consentIds, events);
  const { apiKey } = await createApiKey(hands.database, { role: 'application', applicationId }, 'bench');
  return measurePages(pool, { apiUrl: stack.urls.api, apiKey, applicationId });
}
