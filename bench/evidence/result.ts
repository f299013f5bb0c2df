import type { Machine } from '../machine';

export interface BundleFigures {
  events: number;
  /** Chains in the newest checkpoint, and so in the tree that the path is taken from. */
  chains: number;
  bytes: number;
  /** Seconds, each the median of several. */
  exportSeconds: number;
  verifySeconds: number;
  /** `fdx-consent evidence verify` as a process, from its start to its end. */
  commandSeconds: number;
}

export interface SigningFigures {
  bytes: number;
  /** jose alone, over bytes that are there already. */
  barePerSecond: number;
  /** From the document: canonical form, signature, and the digest that the event holds of it. */
  perSecond: number;
  ratio: number;
}

export interface AppendFigures {
  writers: number;
  /** The same row into a table without a chain, each its own transaction. */
  barePerSecond: number;
  toManyChainsPerSecond: number;
  toOneChainPerSecond: number;
  ratios: { manyChains: number; oneChain: number };
}

export interface CheckpointFigures {
  chains: number;
  /** Every chain is new to it. */
  firstSeconds: number;
  /** Nothing has grown since. */
  nextSeconds: number;
  events: number;
  auditSeconds: number;
}

export interface EvidenceResult {
  /** RFC 3339. */
  startedAt: string;
  quick: boolean;
  commit: string;
  machine: Machine;
  bundle: BundleFigures;
  signing: SigningFigures;
  appends: AppendFigures;
  checkpoints: CheckpointFigures;
}
