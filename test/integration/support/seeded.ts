/** Chance that comes again: a failed run is repeated by its seed. mulberry32, public domain. */
export function seededChance(seed: number): {
  below(limit: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
} {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    oneOf: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}
