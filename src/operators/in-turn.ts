import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  readonly perSecond: number;
  /** Aborted: the one under way is finished, none is begun. */
  readonly signal: AbortSignal;
}

/**
 * One after the other, no faster than the pace. The work must not throw: of thousands, one that fails is told and not the end.
 *
 * @returns what was done; shorter than the items when it was aborted
 */
export async function inTurn<Item, Result>(
  items: readonly Item[],
  { perSecond, signal }: Pace,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = performance.now();
  for (const item of items) {
    await sleep(Math.max(0, next - performance.now()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    next = Math.max(next, performance.now()) + 1000 / perSecond;
    results.push(await work(item));
  }
  return results;
}
