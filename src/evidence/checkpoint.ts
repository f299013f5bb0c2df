import { signCompact, type Signer } from '../fapi/signer';
import type { Database } from '../store/database';
import { listSigningKeys } from '../store/signing-keys';
import {
  chainsAfter,
  findNewestCheckpoint,
  insertCheckpoint,
  insertHeads,
  whileTakingCheckpoint,
  type StoredCheckpoint,
} from '../store/checkpoints';
import { canonicalJson } from './canonical';
import { judgeChain, type Damage } from './chain-judgement';
import { HeadTree } from './head-tree';
import { CHECKPOINT_TYPE, openCheckpoint, type Checkpoint } from './verify/checkpoints';
import { Fault } from './verify/fault';
import { sha256Of } from './verify/jws';
import { readKeys, type KnownKeys } from './verify/keys';
import { keySetSchema, type EvidenceKey } from './verify/bundle';

export interface CheckpointDependencies {
  readonly database: Database;
  readonly receiptSigner: () => Signer;
  readonly aggregator: { readonly name: string; readonly homeUri?: string };
  /** Told after every page of chains; a million take some minutes. May throw to give up: then nothing was taken. */
  readonly goOn?: () => void;
}

export type TakenCheckpoint =
  /** With the chains that were not as they had been; their leaves are those from before. */
  | { readonly outcome: 'taken'; readonly checkpoint: Checkpoint; readonly damages: readonly Damage[] }
  /** The last one is not a day old, or another process is at it. */
  | { readonly outcome: 'not_due' }
  /** What the last one stands for is not known any more: there is nothing to compare with. */
  | { readonly outcome: 'stopped'; readonly damages: readonly Damage[] };

/** Chains in one statement: some tens of milliseconds. */
const CHAINS_AT_ONCE = 1_000;

/**
 * Takes the next checkpoint: a signed Merkle root over the ends of all chains, compared with the one before. Chains go on growing
 * meanwhile. Each leaf is an end that was committed at the time it was read, not before `createdAt`, and later events only follow
 * it; so the tree need not be of one instant to say of every chain that it got at least so far.
 *
 * @param minimumAgeMs of the last one; otherwise it is too early for another
 * @throws {ConsentFailure} signing_unavailable and the like; then none was taken
 */
export async function takeCheckpoint(deps: CheckpointDependencies, minimumAgeMs: number): Promise<TakenCheckpoint> {
  const taken = await whileTakingCheckpoint(deps.database, async (transaction, now): Promise<TakenCheckpoint> => {
    const last = await findNewestCheckpoint(transaction);
    if (last && now.getTime() - last.createdAt.getTime() < minimumAgeMs) return { outcome: 'not_due' };
    const number = (last?.number ?? 0) + 1;
    const walked = await compareChains(transaction, deps.goOn, (changes) => insertHeads(transaction, number, changes));
    const broken = await judgeCheckpoint(transaction, last, walked.before);
    if (broken) throw new Stopped([broken, ...walked.damages]);
    const checkpoint: Checkpoint = {
      checkpointVersion: 1,
      number,
      createdAt: now.toISOString(),
      issuer: issuerOf(deps),
      chains: walked.after.size,
      root: walked.after.root(),
      ...(last && { previous: sha256Of(last.signed) }),
    };
    const bytes = new TextEncoder().encode(canonicalJson(checkpoint));
    const signed = await signCompact(deps.receiptSigner(), { typ: CHECKPOINT_TYPE }, bytes);
    await insertCheckpoint(transaction, { number, signed, createdAt: now, document: checkpoint });
    return { outcome: 'taken', checkpoint, damages: walked.damages };
  }).catch((error: unknown): TakenCheckpoint => {
    if (error instanceof Stopped) return { outcome: 'stopped', damages: error.damages };
    throw error;
  });
  return taken ?? { outcome: 'not_due' };
}

function issuerOf({ aggregator: { name, homeUri } }: CheckpointDependencies): Checkpoint['issuer'] {
  return { name, ...(homeUri !== undefined && { homeUri }) };
}

/** Takes back what the transaction has written so far. */
class Stopped extends Error {
  constructor(readonly damages: readonly Damage[]) {
    super('the last checkpoint is not as it was');
  }
}

export interface ComparedChains {
  /** The tree of the newest checkpoint, as far as its heads are stored still. */
  readonly before: HeadTree;
  /** The tree of the next one. */
  readonly after: HeadTree;
  readonly damages: readonly Damage[];
}

/** Walks all chains beside the newest checkpoint. */
export async function compareChains(
  database: Database,
  goOn: (() => void) | undefined,
  tellChanges: (changes: Parameters<typeof insertHeads>[2]) => Promise<void> = () => Promise.resolve(),
): Promise<ComparedChains> {
  const [before, after, damages] = [new HeadTree(), new HeadTree(), [] as Damage[]];
  let last = '';
  for (;;) {
    const page = await chainsAfter(database, last, CHAINS_AT_ONCE);
    const judged = page.map(judgeChain);
    for (const state of page) if (state.before?.removed === false) before.add(state.before);
    for (const { leaf, damage } of judged) {
      if (leaf) after.add(leaf);
      if (damage) damages.push(damage);
    }
    await tellChanges(judged.flatMap(({ change }) => change ?? []));
    if (page.length < CHAINS_AT_ONCE) return { before, after, damages };
    last = page.at(-1)?.chain ?? last;
    goOn?.();
  }
}

/** Whether a stored checkpoint is ours and stands for the heads that are stored with it. */
export async function judgeCheckpoint(
  database: Database,
  stored: StoredCheckpoint | undefined,
  heads: HeadTree,
): Promise<Damage | undefined> {
  if (!stored) {
    return heads.size === 0
      ? undefined
      : { of: 'checkpoints', what: 'there is none, and where chains ended at one is stored' };
  }
  const of = `checkpoint ${stored.number}`;
  try {
    const { number, root, chains } = await openCheckpoint(stored.signed, await evidenceKeys(database), of);
    if (number !== stored.number) return { of, what: `is number ${number} by its signed form` };
    if (root === heads.root() && chains === heads.size) return undefined;
    return { of, what: 'the ends of chains that are stored with it are not those that it was signed over' };
  } catch (error) {
    if (error instanceof Fault) return { of, what: error.what };
    throw error;
  }
}

/** The public keys that evidence was ever signed with. */
export async function listEvidenceKeys(database: Database): Promise<readonly EvidenceKey[]> {
  const keys = await listSigningKeys(database);
  const ours = keys.filter(({ purpose }) => purpose === 'receipt').map(({ publicJwk }) => publicJwk);
  return keySetSchema.parse({ keys: ours }).keys;
}

export async function evidenceKeys(database: Database): Promise<KnownKeys> {
  return readKeys(await listEvidenceKeys(database));
}
