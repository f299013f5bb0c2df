import { condition } from '@temporalio/workflow';

/**
 * One thing at a time: a launch and an answer of the bank both move the consent across several awaits, and must not see each
 * other half done. First come, first served.
 */
export interface Turns {
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createTurns(): Turns {
  let taken = 0;
  let finished = 0;
  return {
    async take(work) {
      const mine = taken;
      taken += 1;
      if (finished < mine) await condition(() => finished === mine);
      try {
        return await work();
      } finally {
        finished += 1;
      }
    },
  };
}
