import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';

export interface OpenLoop {
  /** Begun a second. */
  readonly rate: number;
  /** How many to begin. Default: until the signal. */
  readonly count?: number;
  /** Begins no more once it is aborted. */
  readonly signal?: AbortSignal;
}

/** Begins one after another on time, however late the earlier ones end; resolves when all have ended. */
export async function openLoop(
  { rate, count = Number.POSITIVE_INFINITY, signal }: OpenLoop,
  begin: (index: number, dueAt: number) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  for (let index = 0; index < count; index++) {
    const dueAt = startedAt + (index * 1_000) / rate;
    const early = dueAt - performance.now();
    // Whoever is late waits for no timer, but lets the answers in: at a high rate several are due at once.
    if (early > 0) await delay(early, undefined, { signal }).catch(() => undefined);
    else await nextTurn();
    if (signal?.aborted) break;
    const one = begin(index, dueAt).finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
}
