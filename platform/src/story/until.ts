import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/** Looks until what is found is as wanted; after the time, returns what was found last. */
export async function until<T>(
  look: () => Promise<T>,
  isWanted: (found: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (isWanted(found) || performance.now() > deadline) return found;
    await delay(LOOK_EVERY_MS);
  }
}
