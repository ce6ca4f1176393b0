import { type Environment, realEnvironment } from '@phone82/runtime';

/** The real clock, which a test moves ahead; sleeps take real time. */
export interface ShiftedClock {
  readonly environment: Environment;
  monotonic(): number;
  pass(ms: number): void;
}

export const MINUTE_MS = 60_000;

export function shiftedClock(): ShiftedClock {
  let ahead = 0;
  return {
    environment: { ...realEnvironment, now: () => Date.now() + ahead },
    monotonic: () => performance.now() + ahead,
    pass: (ms) => {
      ahead += ms;
    },
  };
}
