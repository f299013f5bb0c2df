import { ConsentFailure } from '../domain/failures';
import type { AuthorizationId, InstitutionId } from '../domain/ids';

/**
 * The refreshes under way in this process: one for each grant, which all its callers share, and a few at a time for each
 * institution. Each holds a connection of the database while it waits for its bank: one slow bank must not take all of them.
 */
export interface Refreshes {
  /** Sets this process apart from others, for jitter. */
  readonly salt: number;
  underWay(id: AuthorizationId): Promise<void> | undefined;
  /**
   * Begins one that is not under way, when the institution's turn comes.
   *
   * @param options.onlyAtOnce does without when it would have to queue
   * @throws {ConsentFailure} as_unreachable when its turn does not come
   */
  begin(
    id: AuthorizationId,
    institutionId: InstitutionId,
    work: () => Promise<void>,
    options?: { readonly onlyAtOnce: boolean },
  ): Promise<void>;
  /** Notes something that nobody waits for and that must not be cut off. */
  follow(work: Promise<void>): void;
  /** Until nothing is under way: for a process that is to stop. */
  settled(): Promise<void>;
}

/** Whoever queued for longer has given up. */
const QUEUE_MS = 10_000;

interface RefreshLimits {
  /** Of the pool that the refreshes share with everything else. */
  readonly maxConnections: number;
  /** Hears how each one ended: `done`, or a failure code. */
  readonly onEnd?: ((institutionId: InstitutionId, outcome: string) => void) | undefined;
}

export function createRefreshes({ maxConnections, onEnd }: RefreshLimits): Refreshes {
  const turns = createTurns({
    ofOne: Math.max(1, Math.floor(maxConnections / 4)),
    ofAll: Math.max(1, Math.floor(maxConnections / 2)),
  });
  const refreshing = new Map<AuthorizationId, Promise<void>>();
  const followed = new Set<Promise<void>>();

  return {
    salt: Math.floor(Math.random() * 2 ** 32),
    underWay: (id) => refreshing.get(id),
    begin(id, institutionId, work, { onlyAtOnce } = { onlyAtOnce: false }) {
      if (onlyAtOnce && !turns.isFree(institutionId)) return Promise.resolve();
      const refresh = turns
        .take(institutionId, QUEUE_MS)
        .then((giveBack) => work().finally(giveBack))
        .finally(() => refreshing.delete(id));
      refreshing.set(id, refresh);
      // Whoever waits hears of it; when everybody has gone, nobody need.
      refresh.then(
        () => onEnd?.(institutionId, 'done'),
        (error: unknown) => onEnd?.(institutionId, error instanceof ConsentFailure ? error.code : 'internal_error'),
      );
      return refresh;
    },
    follow(work) {
      const following = work
        .catch(() => undefined)
        .finally(() => {
          followed.delete(following);
        });
      followed.add(following);
    },
    async settled() {
      while (refreshing.size + followed.size > 0) await Promise.allSettled([...refreshing.values(), ...followed]);
    },
  };
}

interface Waiter {
  readonly institutionId: InstitutionId;
  readonly giveUpAt: number;
  readonly go: () => void;
  readonly refuse: (failure: ConsentFailure) => void;
}

function createTurns(limits: { readonly ofOne: number; readonly ofAll: number }) {
  const taken = new Map<InstitutionId, number>();
  let waiters: Waiter[] = [];
  let all = 0;

  const takenBy = (id: InstitutionId): number => taken.get(id) ?? 0;
  const isFree = (id: InstitutionId): boolean => all < limits.ofAll && takenBy(id) < limits.ofOne;

  function giveBack(id: InstitutionId): void {
    all -= 1;
    if (takenBy(id) === 1) taken.delete(id);
    else taken.set(id, takenBy(id) - 1);
    letIn();
  }

  /** In the order of coming, past those whose institution has all it may have. */
  function letIn(): void {
    const now = Date.now();
    waiters = waiters.filter((waiter) => {
      if (waiter.giveUpAt <= now) {
        waiter.refuse(new ConsentFailure('as_unreachable', 'other refreshes at this bank wait for its answers.'));
        return false;
      }
      if (!isFree(waiter.institutionId)) return true;
      waiter.go();
      return false;
    });
  }

  return {
    isFree,
    take(institutionId: InstitutionId, patienceMs: number): Promise<() => void> {
      return new Promise((resolve, reject) => {
        const go = (): void => {
          all += 1;
          taken.set(institutionId, takenBy(institutionId) + 1);
          resolve(() => {
            giveBack(institutionId);
          });
        };
        waiters.push({ institutionId, giveUpAt: Date.now() + patienceMs, go, refuse: reject });
        letIn();
      });
    },
  };
}
