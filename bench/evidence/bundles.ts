import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { compiled, stateDirectory } from '../../scripts/setup/repository';
import type { ConsentId } from '../../src/domain/ids';
import { auditEvidence } from '../../src/evidence/audit';
import { takeCheckpoint } from '../../src/evidence/checkpoint';
import { exportEvidence } from '../../src/evidence/export';
import { verifyBundle } from '../../src/evidence/verify/verify';
import { percentile, round } from '../statistics';
import { growChain, growChains, type Books } from './books';
import type { BundleFigures, CheckpointFigures } from './result';

const CHAIN = 'cns_bench' as ConsentId;

export interface BundlePlan {
  events: number;
  /** Taken before and while the chain grew. */
  checkpoints: number;
  chains: number;
  rounds: number;
}

/** Takes checkpoints over many chains, exports the longest of them and verifies what came out. */
export async function measureBundles(
  books: Books,
  plan: BundlePlan,
): Promise<{ bundle: BundleFigures; checkpoints: CheckpointFigures }> {
  await growChains(books, plan.chains - 1);
  for (let part = 0; part < plan.checkpoints; part += 1) {
    await growChain(books, CHAIN, Math.ceil(plan.events / plan.checkpoints));
    if (part > 0) continue;
    // The first one, with nothing but what the chains began with.
    await growChain(books, 'service', 1);
  }
  const first = await secondsOf(() => take(books));
  const next = await secondsOf(() => take(books));
  for (let count = 2; count < plan.checkpoints; count += 1) await take(books);
  const audit = await auditOnce(books);
  const bundle = await measureOne(books, plan.rounds);
  return {
    bundle: { ...bundle, chains: plan.chains + 1 },
    checkpoints: { chains: plan.chains + 1, firstSeconds: first, nextSeconds: next, ...audit },
  };
}

async function take({ database, keys }: Books): Promise<void> {
  const receiptSigner = () => keys.receiptSigner();
  const taken = await takeCheckpoint({ database, receiptSigner, aggregator: { name: 'bench' } }, 0);
  if (taken.outcome !== 'taken' || taken.damages.length > 0) throw new Error(`a checkpoint was ${taken.outcome}`);
}

async function auditOnce({ database }: Books): Promise<{ events: number; auditSeconds: number }> {
  let events = 0;
  const auditSeconds = await secondsOf(async () => {
    const audit = await auditEvidence(database);
    if (audit.damages.length > 0) throw new Error('the audit found damage');
    events = audit.events;
  });
  return { events, auditSeconds };
}

async function measureOne({ database }: Books, rounds: number): Promise<Omit<BundleFigures, 'chains'>> {
  const file = path.join(stateDirectory, 'bench-evidence', 'bundle.json');
  const times = { exports: [] as number[], verifies: [] as number[], commands: [] as number[] };
  let [text, events] = ['', 0];
  for (let count = 0; count < rounds; count += 1) {
    times.exports.push(
      await secondsOf(async () => {
        const bundle = await exportEvidence(database, CHAIN);
        text = JSON.stringify(bundle, null, 1);
        events = bundle.events.length;
      }),
    );
    times.verifies.push(
      await secondsOf(async () => {
        const { holds, fault } = await verifyBundle({ bundle: text, now: Date.now() });
        if (!holds) throw new Error(`the bundle does not hold: ${fault?.where ?? ''} ${fault?.what ?? ''}`);
      }),
    );
    writeFileSync(file, text, { mode: 0o600 });
    times.commands.push(await secondsOf(() => runCommand(file)));
    rmSync(file);
  }
  const median = (values: readonly number[]): number => round(percentile(values, 0.5), 2);
  return {
    events,
    bytes: text.length,
    exportSeconds: median(times.exports),
    verifySeconds: median(times.verifies),
    commandSeconds: median(times.commands),
  };
}

function runCommand(file: string): Promise<void> {
  const args = [compiled('src/cli/main.js'), 'evidence', 'verify', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: {}, encoding: 'utf8' });
  if (status !== 0) throw new Error(`verify ended with ${status ?? 'a signal'}: ${stdout}${stderr}`);
  return Promise.resolve();
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return round((performance.now() - startedAt) / 1000, 2);
}
