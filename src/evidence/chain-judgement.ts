import type { ChainState, NewHead } from '../store/checkpoints';
import type { ChainHead } from './merkle';

/** What of a chain is not as it was. Names no person: a chain has the id of its consent. */
export interface Damage {
  /** The chain; or `checkpoint 12`. */
  readonly of: string;
  readonly what: string;
}

export interface Judgement {
  /**
   * Its leaf in the next checkpoint. A chain that is damaged keeps the one it had: what was done to it is never signed, and is found
   * again by every checkpoint that follows.
   */
  readonly leaf?: ChainHead;
  /** What is written down when that checkpoint is taken, because it was not so before. */
  readonly change?: NewHead;
  readonly damage?: Damage;
}

/** Compares a chain with the newest checkpoint. */
export function judgeChain(state: ChainState): Judgement {
  const { chain, head, before, removed } = state;
  const damaged = (what: string): Judgement => ({
    ...(before?.removed === false && { leaf: before }),
    damage: { of: chain, what },
  });
  if (!head) return judgeMissing(state, damaged);
  if (removed) return damaged('it is in the book of removed chains, and there are events of it');
  if (before === undefined) return { leaf: head, change: { ...head, removed: false } };
  const then = `checkpoint ${before.checkpoint}`;
  if (head.seq < before.seq) return damaged(`it ends at event ${head.seq}; at ${then} it ended at ${before.seq}`);
  if (state.hashThere === undefined) return damaged(`event ${before.seq} is gone, which was its last at ${then}`);
  if (state.hashThere !== before.hash) return damaged(`event ${before.seq} is another one than at ${then}`);
  if (before.removed) return damaged(`it had left with ${then}, and there are events of it again`);
  return head.seq === before.seq ? { leaf: head } : { leaf: head, change: { ...head, removed: false } };
}

function judgeMissing({ before, removed, hasConsent }: ChainState, damaged: (what: string) => Judgement): Judgement {
  if (hasConsent) return damaged('there is no event of this consent');
  if (before === undefined || before.removed) return {};
  if (removed === undefined) {
    return damaged(
      `it is gone, without having been removed by the book; at checkpoint ${before.checkpoint} it ended at ${before.seq}`,
    );
  }
  const isContinued = removed.seq === before.seq ? removed.hash === before.hash : removed.seq > before.seq;
  if (!isContinued) return damaged(`it was removed at event ${removed.seq} and had ended elsewhere: at ${before.seq}`);
  return { change: { ...removed, removed: true } };
}
