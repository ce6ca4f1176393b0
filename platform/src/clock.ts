import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves after the time, or early once the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
};
