import { type Environment, realEnvironment } from '@phone82/runtime';

/** Real time that a test can move forward: for services that also wait for a network or a database. */
export interface JumpingEnvironment extends Environment {
  /** Moves the time forward at once, and wakes the sleepers that are due by then. */
  jump(ms: number): void;
}

/** Starts at the real time; chance and ids are real too. */
export function jumpingEnvironment(): JumpingEnvironment {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const sleepers = new Set<{ readonly at: number; wake(): void }>();
  return {
    ...realEnvironment,
    now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: now() + ms, wake };
        const timer = setTimeout(wake, ms);
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    jump: (ms) => {
      ahead += ms;
      for (const sleeper of [...sleepers]) if (sleeper.at <= now()) sleeper.wake();
    },
  };
}
