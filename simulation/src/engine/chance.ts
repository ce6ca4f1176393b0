/** Chance from a seed: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** An integer from 0 to below n. */
  below(n: number): number;
  happens(probability: number): boolean;
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

/** A stream of its own for each name, so that more draws of one kind don't change the others (sfc32). */
export function chanceOf(seed: number, stream: string): Chance {
  const next = sfc32(hashOf(`${seed}/${stream}`));
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    happens: (probability) => probability > 0 && next() < probability,
    between: (low, high) => low + next() * (high - low),
    pick: (from) => from[below(from.length)] as (typeof from)[number],
  };
}

function sfc32([a, b, c]: readonly [number, number, number]): () => number {
  let [x, y, z, counter] = [a, b, c, 1];
  const next = () => {
    const sum = (((x + y) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = ((z << 21) | (z >>> 11)) + sum;
    z |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

function hashOf(text: string): readonly [number, number, number] {
  const hash = (basis: number) => {
    let value = basis;
    for (let index = 0; index < text.length; index++)
      value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return value;
  };
  return [hash(0x811c9dc5), hash(0x1b873593), hash(0x2545f491)];
}
