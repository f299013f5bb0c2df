import { AsyncLocalStorage } from 'node:async_hooks';

/** Where openings of sealed secrets are written down. */
export interface OpeningLog {
  /** Resolves when it is written for good. What cannot be written is not opened. */
  write(opening: Opening): Promise<void>;
}

export interface Opening extends Reason {
  readonly owner: string;
  readonly purpose: string;
  /** What it belongs to: an authorization, a key. */
  readonly row: string;
}

/** On whose behalf something is opened, and what for. */
export interface Reason {
  readonly openedBy: string;
  readonly reason: string;
  readonly requestId?: string | undefined;
}

const current = new AsyncLocalStorage<() => Reason>();

/**
 * Runs `work`; whatever it opens, however deep, is written down with this reason. It is asked for at each opening: who is behind a
 * request is known only after it has begun.
 */
export function openedFor<Result>(reason: () => Reason, work: () => Result): Result {
  return current.run(reason, work);
}

/** Nobody should find this one in the table: a test looks for it. */
const UNKNOWN: Reason = { openedBy: 'unknown', reason: 'unknown' };

export function currentReason(): Reason {
  return current.getStore()?.() ?? UNKNOWN;
}
