/** Choices that are the same for the same numbers. */
export interface Choices {
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  happens(rate: number): boolean;
  bytes(length: number): Buffer;
}

/** @param random numbers in [0, 1) */
export function choicesBy(random: () => number): Choices {
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    pick: (from) => from[below(from.length)] as never,
    happens: (rate) => random() < rate,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
