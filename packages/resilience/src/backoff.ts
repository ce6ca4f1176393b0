export interface Backoff {
  /** Default 200. */
  readonly baseMs?: number;
  /** Default 5000. */
  readonly maxMs?: number;
}

/**
 * How long to wait before try number `attempt` (from 1), in milliseconds: anything up to a bound that doubles
 * with each attempt, so that callers who failed together do not come back together.
 */
export function backoffMs(
  attempt: number,
  { baseMs = 200, maxMs = 5_000 }: Backoff = {},
  random: () => number = Math.random,
): number {
  const bound = Math.min(maxMs, baseMs * 2 ** Math.min(Math.max(attempt - 1, 0), 30));
  return Math.round(random() * bound);
}
