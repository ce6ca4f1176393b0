import { setTimeout as delay } from 'node:timers/promises';

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
    await delay(Math.max(0, dueAt - performance.now()), undefined, { signal }).catch(() => undefined);
    if (signal?.aborted) break;
    const one = begin(index, dueAt).finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
}
