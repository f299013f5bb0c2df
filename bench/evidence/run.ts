import type { Tell } from '../../scripts/setup/missing-part';
import { describeCommit, describeMachine } from '../machine';
import { measureAppends, type AppendPlan } from './appends';
import { openBooks } from './books';
import { measureBundles, type BundlePlan } from './bundles';
import type { EvidenceResult } from './result';
import { measureSigning } from './signing';

interface EvidencePlan {
  signatures: number;
  appends: AppendPlan;
  bundle: BundlePlan;
}

const FULL: EvidencePlan = {
  signatures: 20_000,
  appends: { writers: 32, appends: 24_000, rounds: 4 },
  bundle: { events: 10_000, checkpoints: 20, chains: 100_000, rounds: 5 },
};

/** Shows that it works. Its figures mean little. */
const QUICK: EvidencePlan = {
  signatures: 400,
  appends: { writers: 32, appends: 640, rounds: 2 },
  bundle: { events: 1_000, checkpoints: 3, chains: 500, rounds: 1 },
};

/** What evidence costs: chaining beside plain rows, signing beside jose alone, and how long it takes to check. */
export async function measureEvidence(quick: boolean, tell: Tell): Promise<EvidenceResult> {
  const plan = quick ? QUICK : FULL;
  const about = { startedAt: new Date().toISOString(), quick, commit: describeCommit(), machine: describeMachine() };
  const books = await openBooks(plan.appends.writers, tell);
  try {
    const signing = await measureSigning(books.keys.receiptSigner(), plan.signatures, 4);
    tell(`${signing.perSecond} receipts/s, ${signing.barePerSecond} bare`);
    const appends = await measureAppends(books.pool, plan.appends);
    tell(`${appends.toManyChainsPerSecond} appends/s to ${appends.writers} chains, ${appends.barePerSecond} bare`);
    const measured = await measureBundles(books, plan.bundle);
    tell(`a bundle of ${measured.bundle.events} events verifies in ${measured.bundle.verifySeconds} s`);
    return { ...about, signing, appends, ...measured };
  } finally {
    await books.close();
  }
}
