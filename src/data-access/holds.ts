/** Whom not to ask before when. Forgets by itself. */
export interface Holds<Key> {
  /** From now on, for so many seconds; zero holds nothing. */
  hold(key: Key, seconds: number): void;
  /** Zero when it is not held. */
  secondsLeft(key: Key): number;
}

/** What a bank says is believed for an hour: by then it is worth one request to see whether it still means it. */
const MAX_HOLD_SECONDS = 3_600;
/** Whoever is forgotten because of this is asked again and told again; memory is dearer than that. */
const MAX_HOLDS = 10_000;

export function createHolds<Key>(clock: { now(): number }): Holds<Key> {
  const until = new Map<Key, number>();

  function makeRoom(): void {
    if (until.size < MAX_HOLDS) return;
    const now = clock.now();
    for (const [key, end] of until) if (end <= now) until.delete(key);
    // A map gives its keys in the order in which they came: the oldest goes.
    const [oldest] = until.keys();
    if (until.size >= MAX_HOLDS && oldest !== undefined) until.delete(oldest);
  }

  return {
    hold(key, seconds) {
      if (seconds <= 0) return;
      until.delete(key);
      makeRoom();
      until.set(key, clock.now() + Math.min(seconds, MAX_HOLD_SECONDS) * 1000);
    },
    secondsLeft(key) {
      const end = until.get(key);
      if (end === undefined) return 0;
      const left = end - clock.now();
      if (left <= 0) until.delete(key);
      return Math.max(0, Math.ceil(left / 1000));
    },
  };
}
