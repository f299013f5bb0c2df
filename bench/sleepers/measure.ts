import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Tell } from '../../scripts/setup/missing-part';
import { chooseRandomPort } from '../../scripts/setup/ports';
import { stateDirectory } from '../../scripts/setup/repository';
import { findTemporalCli } from '../../scripts/setup/temporal';
import { startTemporalServer, type TemporalServer } from '../../scripts/setup/temporal-server';
import { parseKeyRing } from '../../src/store/key-ring';
import { dataConverterFor } from '../../src/temporal/connection';
import { createConsentEngine, type ConsentEngine } from '../../src/temporal/consent-engine';
import type { ConsentId } from '../../src/domain/ids';
import { residentMegabytes } from '../memory';
import { putToSleep, wakeUp } from './sleepers';
import { SleepingWorker } from './sleeping-worker';

export interface SleepersPlan {
  /** Put to sleep by a worker that caches as the SDK sees fit. */
  consents: number;
  /** How many a small cache holds, and how many consents are put to sleep by a worker that has it: enough to fill it often. */
  boundedCache: number;
  boundedConsents: number;
  /** Woken at the end, by a worker that has none of them cached. */
  woken: number;
}

/** Megabytes are 10⁶ bytes of resident memory. */
export interface WorkerMemory {
  consents: number;
  maxCachedWorkflows: number;
  beforeMb: number;
  afterMb: number;
  /** What the Temporal server took meanwhile. */
  serverBeforeMb: number;
  serverAfterMb: number;
  consentsPerSecond: number;
}

export interface SleepersResult {
  plan: SleepersPlan;
  byDefault: WorkerMemory;
  bounded: WorkerMemory;
  /** Consents woken one after another, each loaded from its history first. */
  waking: { consents: number; perSecond: number; afterMb: number };
}

/** Garbage that is not collected within this time is memory that the process holds. */
const REST_MS = 5_000;
const WITHIN_MS = 15 * 60_000;

/** How much memory sleeping consents take, of the worker that put them to sleep and of the server. */
export async function measureSleepers(plan: SleepersPlan, tell: Tell): Promise<SleepersResult> {
  const directory = path.join(stateDirectory, 'bench-sleepers');
  const server = await startTemporalServer({
    cli: (await findTemporalCli({ tell })).path,
    port: await chooseRandomPort(),
    logFile: path.join(directory, 'temporal.log'),
  });
  const payloadKeys = `bench:${randomBytes(32).toString('base64url')}`;
  const connection = await Connection.connect({ address: server.address });
  try {
    const dataConverter = dataConverterFor(parseKeyRing(payloadKeys));
    const engine = createConsentEngine(new Client({ connection, dataConverter }));
    const place = { server, payloadKeys, engine, plan, tell };
    const { memory: byDefault } = await fill(place, plan.consents);
    const { memory: bounded, ids } = await fill(place, plan.boundedConsents, plan.boundedCache);
    return { plan, byDefault, bounded, waking: await wake(place, ids) };
  } finally {
    await connection.close();
    await server.child.stop();
  }
}

interface Place {
  server: TemporalServer;
  payloadKeys: string;
  engine: ConsentEngine;
  plan: SleepersPlan;
  tell: Tell;
}

async function fill(
  place: Place,
  consents: number,
  cache?: number,
): Promise<{ memory: WorkerMemory; ids: ConsentId[] }> {
  const { server, engine, tell } = place;
  const worker = await startWorker(place, cache);
  try {
    const { maxCachedWorkflows } = worker;
    const before = memoryOf(worker, server);
    const begun = Date.now();
    const ids = await putToSleep(engine, consents);
    await worker.until('all asleep', WITHIN_MS, () => worker.asleep === consents);
    const consentsPerSecond = Math.round((consents * 1000) / (Date.now() - begun));
    await sleep(REST_MS);
    const after = memoryOf(worker, server);
    tell(`${consents} consents with a cache for ${maxCachedWorkflows}: ${before.worker} → ${after.worker} MB`);
    return {
      ids,
      memory: {
        ...{ consents, maxCachedWorkflows, consentsPerSecond },
        ...{ beforeMb: before.worker, afterMb: after.worker },
        ...{ serverBeforeMb: before.server, serverAfterMb: after.server },
      },
    };
  } finally {
    await worker.stop();
  }
}

/** A worker that has just been started knows none of them. */
async function wake(place: Place, ids: readonly ConsentId[]): Promise<SleepersResult['waking']> {
  const { engine, plan, server, tell } = place;
  const worker = await startWorker(place, plan.boundedCache);
  try {
    const begun = Date.now();
    await wakeUp(engine, ids.slice(0, plan.woken));
    await worker.until('all woken', WITHIN_MS, () => worker.reviewed === plan.woken);
    const perSecond = Math.round((plan.woken * 1000) / (Date.now() - begun));
    const { worker: afterMb } = memoryOf(worker, server);
    tell(`${plan.woken} woken from their histories: ${perSecond} a second`);
    return { consents: plan.woken, perSecond, afterMb };
  } finally {
    await worker.stop();
  }
}

function startWorker({ server, payloadKeys }: Place, maxCachedWorkflows: number | undefined): Promise<SleepingWorker> {
  return SleepingWorker.start({
    temporalAddress: server.address,
    payloadKeys,
    ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
  });
}

const memoryOf = (worker: SleepingWorker, server: TemporalServer) => ({
  worker: residentMegabytes(worker.pid),
  server: residentMegabytes(server.child.pid),
});
