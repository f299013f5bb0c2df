import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Tell } from '../../scripts/setup/missing-part';
import { pauseEndpoint, resumeEndpoint } from '../../src/store/webhook-endpoints';
import { registerEndpoint, type WebhookHands } from '../../src/webhooks/endpoints';
import { signedMessage } from '../../src/webhooks/message';
import type { WebhookSender } from '../../src/webhooks/sender';
import { readCpuTimes, spentBetween } from '../cpu';
import { perOne, round } from '../statistics';
import { addApplication, addConsents, changeMany } from './changes';
import type { Deliveries, DeliveryFigures } from './result';

export interface DeliveryPlan {
  /** At all endpoints together, written before the first is sent. */
  backlog: number;
  /** To each of them belong as many events. */
  consents: number;
}

export interface Sending {
  readonly pool: Pool;
  readonly hands: WebhookHands;
  readonly receiverUrl: string;
  readonly pids: () => Record<string, number | undefined>;
  readonly tell: Tell;
}

const MANY = 20;
/** What one endpoint gets at once, and many. */
const AT_ONCE = [4, 64] as const;

/** A backlog at one endpoint, at many, and at many of which one never answers, sent by the product's own worker. */
export async function measureDeliveries(sending: Sending, plan: DeliveryPlan): Promise<Deliveries> {
  const bare: Deliveries['bare'] = [];
  for (const atOnce of AT_ONCE) {
    bare.push({ atOnce, perSecond: await sendBare(sending.hands.sender, sending.receiverUrl, plan.backlog, atOnce) });
  }
  const one = await drain(sending, plan, { endpoints: 1, dead: 0 });
  const many = await drain(sending, plan, { endpoints: MANY, dead: 0 });
  const oneDead = await drain(sending, plan, { endpoints: MANY, dead: 1 });
  return {
    bare,
    levels: [one, many, oneDead],
    ratios: {
      one: round(one.perSecond / (bare[0]?.perSecond ?? 1), 2),
      many: round(many.perSecond / (bare[1]?.perSecond ?? 1), 2),
      oneDead: round(oneDead.perSecond / many.perSecond, 2),
    },
  };
}

async function sendBare(sender: WebhookSender, url: string, count: number, atOnce: number): Promise<number> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const body = JSON.stringify({ id: 'evt_bench', type: 'consent.renewed', data: { filler: 'x'.repeat(400) } });
  let begun = 0;
  const keepGoing = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      const result = await sender.send(`${url}/`, signedMessage(`evt_${begun}`, body, [secret]));
      if (result.kind !== 'answered' || result.status !== 204) throw new Error('a bare message did not arrive');
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: atOnce }, keepGoing));
  return round((count / (performance.now() - startedAt)) * 1_000);
}

async function drain(
  { pool, hands, receiverUrl, pids, tell }: Sending,
  { backlog, consents }: DeliveryPlan,
  { endpoints, dead }: { endpoints: number; dead: number },
): Promise<DeliveryFigures> {
  const applicationId = await addApplication(hands.database);
  const consentIds = await addConsents(pool, applicationId, consents);
  const ids: string[] = [];
  for (let index = 0; index < endpoints; index += 1) {
    const url = `${receiverUrl}/${index < dead ? 'dead' : 'alive'}/${index}`;
    const { endpoint } = await registerEndpoint(hands, applicationId, { url, description: null, eventTypes: ['*'] });
    await pauseEndpoint(hands.database, endpoint.id);
    ids.push(endpoint.id);
  }
  await changeMany(pool, consentIds, backlog / endpoints);
  const healthy = ids.slice(dead);
  const deliveries = await waiting(pool, healthy);
  const before = readCpuTimes(pids());
  const startedAt = performance.now();
  for (const id of ids) await resumeEndpoint(hands.database, id);
  while ((await waiting(pool, healthy)) > 0) await delay(50);
  const elapsedMs = performance.now() - startedAt;
  const spent = spentBetween(before, readCpuTimes(pids()));
  await pool.query('DELETE FROM webhook_endpoints WHERE id = ANY($1)', [ids]);
  const perSecond = round((deliveries / elapsedMs) * 1_000);
  tell(`${perSecond} deliveries/s at ${endpoints} endpoints, ${dead} of them dead`);
  return { endpoints, dead, deliveries, perSecond, cpuMsPerDelivery: perOne(spent, deliveries) };
}

/** By the index of what waits: looking costs little. */
async function waiting(pool: Pool, ids: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM webhook_deliveries WHERE endpoint_id = ANY($1) AND status = 'waiting'`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}
