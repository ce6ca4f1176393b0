/** Chance by a seed: the same seed gives the same choices. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number below the limit. */
  below(limit: number): number;
  happens(probability: number): boolean;
  pick<T>(of: readonly T[]): T;
}

/** The generator "mulberry32". */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (of) => of[below(of.length)] as (typeof of)[number],
  };
}
