import type { Environment } from '@phone82/runtime';

const FOR_MS = 1_000;
const PATIENCE_MS = 1_000;

/** Reads at most once a second, however often it is asked; undefined if the reading fails or takes longer than a second. */
export function remembered<T>(
  read: () => Promise<T>,
  environment: Environment,
): () => Promise<T | undefined> {
  let reading: Promise<T | undefined> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = environment.now();
    if (reading && now - readAt < FOR_MS) return reading;
    readAt = now;
    reading = inTime(read, environment);
    return reading;
  };
}

async function inTime<T>(read: () => Promise<T>, environment: Environment): Promise<T | undefined> {
  const over = new AbortController();
  const late = environment.sleep(PATIENCE_MS, over.signal).then(() => undefined);
  try {
    return await Promise.race([read(), late]);
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
