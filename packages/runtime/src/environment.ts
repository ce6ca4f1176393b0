import { randomUUID } from 'node:crypto';

/** The outside world as a service may use it: production, tests and the simulation each bring their own. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; resolves early, without an error, once the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter. */
  random(): number;
  /** A new unique id, for messages: a UUID that sorts after those of earlier milliseconds. */
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

/**
 * Version 7: the time, then chance. A million handled messages are remembered by these, and a mark for a wholly random one would have
 * to be written anywhere among them; these are written next to the last.
 */
function uuidByTime(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

export const realEnvironment: Environment = {
  now: () => Date.now(),
  sleep,
  random: () => Math.random(),
  newId: uuidByTime,
};
