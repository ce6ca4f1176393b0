import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** The outside world as a service may use it: production, tests and the simulation each bring their own. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; resolves early, without an error, once the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
  /** A new unique id, for messages. */
  newId(): string;
}

export const realEnvironment: Environment = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
  random: () => Math.random(),
  newId: () => randomUUID(),
};
