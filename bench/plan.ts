export const VARIANTS = ['hand-rolled', 'durable'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Level {
  /** People at the same time. */
  concurrency: number;
  /** Of each variant, over all rounds. */
  flows: number;
}

export interface Plan {
  /** Of each variant, before anything counts: JIT, connection pools, the bank's metadata and keys. */
  warmUpFlows: number;
  /** How often the variants take turns at each level, so that a machine that drifts drifts for both. */
  rounds: number;
  levels: readonly Level[];
}

export const FULL: Plan = {
  warmUpFlows: 60,
  rounds: 4,
  levels: [
    { concurrency: 1, flows: 80 },
    { concurrency: 8, flows: 320 },
    { concurrency: 32, flows: 640 },
  ],
};

/** Shows that it works. Its figures mean little. */
export const QUICK: Plan = {
  warmUpFlows: 4,
  rounds: 1,
  levels: [
    { concurrency: 1, flows: 4 },
    { concurrency: 8, flows: 16 },
    { concurrency: 32, flows: 32 },
  ],
};
