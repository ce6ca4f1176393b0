import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 10;

/** Tries a check again until it passes (does not throw), and returns what it returned. After `timeoutMs` (default 5 s) its last error is thrown. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
      await delay(POLL_MS);
    }
  }
}
