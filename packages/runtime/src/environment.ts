import { randomUUID } from 'node:crypto';

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

/** The reason with which a sleep's signal is aborted: without one, an error would be made for each. */
export const WOKEN = 'woken';

/** A sleep that is cut short is nothing unusual, so unlike that of `node:timers/promises` it costs no error. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const over = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal?.addEventListener('abort', over);
  });
}

export const realEnvironment: Environment = {
  now: () => Date.now(),
  sleep,
  random: () => Math.random(),
  newId: () => randomUUID(),
};
