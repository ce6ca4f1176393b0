import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Environment } from '../src/index.ts';

/** Time that moves when a test says so. */
export interface StandingClock extends Environment {
  /** Lets time pass, and what it wakes run as far as it can. */
  advance(ms: number): Promise<void>;
  /** How many sleep now. */
  sleeping(): number;
}

export function standingClock(): StandingClock {
  let now = 0;
  const sleepers = new Set<{ readonly at: number; wake(): void }>();
  return {
    now: () => now,
    random: () => 0.5,
    newId: () => 'id',
    sleeping: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    advance: async (ms) => {
      now += ms;
      for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
      for (let turn = 0; turn < 10; turn++) await nextTurn();
    },
  };
}
