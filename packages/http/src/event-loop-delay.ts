import { monitorEventLoopDelay } from 'node:perf_hooks';

const LOOK_EVERY_MS = 500;
/** Seven processes that wake up 50 times a second each to measure this would keep two cores from larger pieces of work. */
const RESOLUTION_MS = 100;

/** How late this process is with everything it does. */
export interface EventLoopDelay {
  /** Milliseconds, on average over the last half second: a single long pause is not overload. */
  meanMs(): number;
  stop(): void;
}

export function watchEventLoopDelay(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  let meanMs = 0;
  const looking = setInterval(() => {
    meanMs = histogram.count > 0 ? Math.max(0, histogram.mean / 1e6 - RESOLUTION_MS) : 0;
    histogram.reset();
  }, LOOK_EVERY_MS).unref();
  return {
    meanMs: () => meanMs,
    stop: () => {
      clearInterval(looking);
      histogram.disable();
    },
  };
}
