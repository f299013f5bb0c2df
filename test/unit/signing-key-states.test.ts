import {
  currentKey,
  pendingKey,
  planRotation,
  publishedKeys,
  stateOfKey,
  type RotationWish,
  type SigningKeyTimes,
} from '../../src/domain/signing-key';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The keys of one purpose and algorithm, rotated as the store would. */
class Ring {
  keys: SigningKeyTimes[] = [];

  rotate(now: number, wish: Partial<RotationWish> = {}): SigningKeyTimes {
    const plan = planRotation(this.keys, { purpose: 'client', leadMs: DAY, overlapMs: DAY, ...wish }, now);
    const times = new Map(plan.withdrawals.map(({ kid, withdrawsAt }) => [kid, withdrawsAt]));
    this.keys = this.keys.map((key) => ({ ...key, withdrawsAt: times.get(key.kid) ?? key.withdrawsAt }));
    const key = { kid: `k${this.keys.length}`, activatesAt: plan.activatesAt, withdrawsAt: null };
    this.keys.push(key);
    return key;
  }

  statesAt(now: number): string[] {
    return this.keys.map((key) => stateOfKey(key, this.keys, now));
  }
}

describe('a rotation', () => {
  const ring = new Ring();
  ring.rotate(0);
  ring.rotate(10 * DAY);

  test.each([
    [10 * DAY + 1, ['current', 'next']],
    [10 * DAY, ['current', 'next']],
    [11 * DAY - 1, ['current', 'next']],
    [11 * DAY, ['retiring', 'current']],
    [12 * DAY - 1, ['retiring', 'current']],
    [12 * DAY, ['withdrawn', 'current']],
  ])('at %d ms finds the keys %j', (now, states) => {
    expect(ring.statesAt(now)).toEqual(states);
  });

  test('without a lead waits until every API process publishes the new key', () => {
    const other = new Ring();
    other.rotate(0);
    expect(other.rotate(DAY, { leadMs: 0 }).activatesAt).toBe(DAY + 10_000);
    expect(other.statesAt(DAY + 9_999)).toEqual(['current', 'next']);
  });

  test('in the emergency form stops every older key at once, retiring ones too', () => {
    const other = new Ring();
    other.rotate(0);
    other.rotate(DAY);
    const leakedAt = 2 * DAY + HOUR;
    expect(other.statesAt(leakedAt)).toEqual(['retiring', 'current']);
    other.rotate(leakedAt, { leadMs: 0, overlapMs: 0 });
    expect(other.statesAt(leakedAt)).toEqual(['withdrawn', 'withdrawn', 'current']);
  });

  test('that is forced drops the key that waited, and the old key stays until the new one has taken over', () => {
    const other = new Ring();
    other.rotate(0);
    other.rotate(DAY, { leadMs: HOUR, overlapMs: 0 });
    other.rotate(DAY + 1, { leadMs: 2 * DAY });
    expect(other.statesAt(DAY + 1)).toEqual(['current', 'withdrawn', 'next']);
    expect(other.statesAt(3 * DAY)).toEqual(['current', 'withdrawn', 'next']);
    expect(other.statesAt(3 * DAY + 1)).toEqual(['retiring', 'withdrawn', 'current']);
  });

  test('never sets a time for a receipt key that has signed to go, not even in an emergency', () => {
    const other = new Ring();
    other.rotate(0, { purpose: 'receipt' });
    other.rotate(DAY, { purpose: 'receipt' });
    other.rotate(5 * DAY, { purpose: 'receipt', leadMs: 0, overlapMs: 0 });
    expect(other.statesAt(100 * DAY)).toEqual(['retiring', 'retiring', 'current']);
    expect(publishedKeys(other.keys, 100 * DAY)).toHaveLength(3);
  });
});

test('a process whose clock is behind signs with the first key all the same', () => {
  const ring = new Ring();
  const first = ring.rotate(DAY);
  expect(currentKey(ring.keys, DAY - 5_000)).toEqual(first);
  expect(pendingKey(ring.keys, DAY - 5_000)).toBeUndefined();
});

describe('in every history of rotations', () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed + 1))(
    'number %d there is exactly one current key at every instant, and whoever signed within the overlap is published',
    (seed) => {
      const { ring, events, instants } = historyOf(seed);
      for (const now of instants) {
        const states = ring.statesAt(now);
        expect(states.filter((state) => state === 'current')).toHaveLength(1);
        const published = publishedKeys(ring.keys, now).map(({ kid }) => kid);
        expect(published).toHaveLength(states.filter((state) => state !== 'withdrawn').length);
        for (const kid of signedWithin(ring, events, now)) expect(published).toContain(kid);
      }
    },
  );
});

interface Event {
  readonly at: number;
  readonly overlapMs: number;
  readonly emergency: boolean;
}

/** Keys that may have signed within the overlap that was promised when they stopped; an emergency takes promises back. */
function signedWithin(ring: Ring, events: readonly Event[], now: number): string[] {
  return ring.keys
    .filter((key) => {
      const successor = ring.keys.find(
        (other) => other.activatesAt > key.activatesAt && (other.withdrawsAt ?? Infinity) > other.activatesAt,
      );
      const signedAtAll = key.activatesAt <= now && (key.withdrawsAt ?? Infinity) > key.activatesAt;
      if (!signedAtAll) return false;
      if (!successor || successor.activatesAt > now) return true;
      const promise = events[ring.keys.indexOf(successor)];
      const betrayed = events.some(({ emergency, at }) => emergency && at >= key.activatesAt && at <= now);
      return !betrayed && now < successor.activatesAt + (promise?.overlapMs ?? 0);
    })
    .map(({ kid }) => kid);
}

/** Some rotations at odd moments, forced ones and emergencies among them, and the instants at which something changes. */
function historyOf(seed: number) {
  const random = generatorOf(seed);
  const pick = (values: readonly number[]): number => values[Math.floor(random() * values.length)] ?? 0;
  const ring = new Ring();
  const events: Event[] = [{ at: 0, overlapMs: 0, emergency: false }];
  ring.rotate(0);
  let now = 0;
  for (let count = 0; count < 6; count += 1) {
    now += 1 + Math.floor(random() * 3 * DAY);
    const wish = { leadMs: pick([0, 60_000, HOUR, DAY]), overlapMs: pick([0, HOUR, DAY, 7 * DAY]) };
    ring.rotate(now, wish);
    events.push({ at: now, overlapMs: wish.overlapMs, emergency: wish.leadMs === 0 && wish.overlapMs === 0 });
  }
  const moments = ring.keys.flatMap(({ activatesAt, withdrawsAt }) => [activatesAt, withdrawsAt ?? activatesAt]);
  const instants = [...moments, ...events.map(({ at }) => at)].flatMap((at) => [at - 1, at, at + 1, at + HOUR / 2]);
  return { ring, events, instants: instants.filter((at) => at >= 0) };
}

/** Mulberry32: the same numbers for the same seed, so that a failure can be repeated. */
function generatorOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
