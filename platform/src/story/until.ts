import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/** Looks until what is found is as wanted; after the time, or once the signal is aborted, returns what was found last. */
export async function until<T>(
  look: () => Promise<T>,
  isWanted: (found: T) => boolean,
  withinMs: number,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (isWanted(found) || performance.now() > deadline || signal?.aborted) return found;
    await delay(LOOK_EVERY_MS);
  }
}
