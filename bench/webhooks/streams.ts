import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Tell } from '../../scripts/setup/missing-part';
import { createApiKey } from '../../src/store/api-keys';
import type { Database } from '../../src/store/database';
import { readCpuTimes, spentBetween } from '../cpu';
import { latencyOf, perOne } from '../statistics';
import { addApplication, addConsents, change } from './changes';
import { now, type Arrival } from './parties/messages';
import { Parties } from './parties/process';
import type { StreamFigures } from './result';

export interface StreamPlan {
  changes: number;
  changesPerSecond: number;
  levels: readonly { applications: number; streamsOfEach: number }[];
}

export interface Streaming {
  readonly pool: Pool;
  readonly database: Database;
  readonly apiUrl: string;
  readonly pids: () => Record<string, number | undefined>;
  readonly tell: Tell;
}

const SETTLED_MS = 1_000;
/** A disk that is busy with what was measured before makes commits wait for seconds. */
const ARRIVED_WITHIN_MS = 60_000;

/** Changes at an even pace, of one application after the other, each read by all of its application's streams. */
export async function measureStreams(streaming: Streaming, plan: StreamPlan): Promise<StreamFigures[]> {
  const figures: StreamFigures[] = [];
  for (const level of plan.levels) {
    const measured = await measureLevel(streaming, plan, level);
    streaming.tell(`${measured.streams} streams: p50 ${measured.latencyMs.p50} ms, p99 ${measured.latencyMs.p99} ms`);
    figures.push(measured);
  }
  return figures;
}

async function measureLevel(
  { pool, database, apiUrl, pids }: Streaming,
  { changes, changesPerSecond }: StreamPlan,
  { applications, streamsOfEach }: StreamPlan['levels'][number],
): Promise<StreamFigures> {
  const parties = Parties.start();
  try {
    const consents: string[][] = [];
    const keys: string[] = [];
    for (let index = 0; index < applications; index += 1) {
      const applicationId = await addApplication(database);
      consents.push(await addConsents(pool, applicationId, 20));
      const { apiKey } = await createApiKey(database, { role: 'application', applicationId }, 'bench');
      keys.push(...Array.from({ length: streamsOfEach }, () => apiKey));
    }
    await parties.follow(apiUrl, keys);
    await delay(SETTLED_MS);
    await parties.arrivals();
    const processes = () => ({ ...pids(), readers: parties.pid });
    const before = readCpuTimes(processes());
    const sent = await changeEvenly(pool, consents, changes, changesPerSecond);
    const arrivals = await arrivalsOf(parties, sent, changes * streamsOfEach);
    const spent = spentBetween(before, readCpuTimes(processes()));
    return {
      ...{ streams: applications * streamsOfEach, changes, changesPerSecond, arrivals: arrivals.length },
      latencyMs: latencyOf(arrivals.map(([receiptId, at]) => at - (sent.get(receiptId) ?? 0))),
      cpuMsPerArrival: perOne(spent, arrivals.length),
    };
  } finally {
    parties.stop();
  }
}

/** @throws {Error} when one is lost, or comes twice */
async function arrivalsOf(
  parties: Parties,
  sent: ReadonlyMap<string, number>,
  expected: number,
): Promise<readonly Arrival[]> {
  const arrived: Arrival[] = [];
  const giveUpAt = now() + ARRIVED_WITHIN_MS;
  do {
    await delay(SETTLED_MS);
    arrived.push(...(await parties.arrivals()).filter(([receiptId]) => sent.has(receiptId)));
  } while (arrived.length < expected && now() < giveUpAt);
  if (arrived.length !== expected) throw new Error(`${arrived.length} events arrived of ${expected}`);
  return arrived;
}

/** @returns when each was sent, by its receipt */
async function changeEvenly(
  pool: Pool,
  consents: readonly (readonly string[])[],
  changes: number,
  perSecond: number,
): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const underWay: Promise<void>[] = [];
  const startedAt = now();
  for (let index = 0; index < changes; index += 1) {
    await delay(Math.max(0, startedAt + (index * 1_000) / perSecond - now()));
    const own = consents[index % consents.length] ?? [];
    const at = now();
    underWay.push(change(pool, own[index % own.length] ?? '').then((receiptId) => void sent.set(receiptId, at)));
  }
  await Promise.all(underWay);
  return sent;
}
