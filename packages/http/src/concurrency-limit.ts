export interface ConcurrencyLimitOptions {
  /** The mean latency, in milliseconds, that is always fast enough. */
  readonly targetMs: number;
  /** Where the limit starts, and how far it goes up. */
  readonly most: number;
  /** How far it goes down. Default 8. */
  readonly least?: number;
  /** Milliseconds on a clock that never goes back. Default `performance.now`. */
  readonly now?: () => number;
}

/** The place of one request among those under way. */
export interface Permit {
  /** Gives the place back, once; `measured`: its latency tells how loaded we are. */
  release(measured: boolean): void;
}

/** How much is worked on at once: as much as is answered in good time. */
export interface ConcurrencyLimit {
  /** Undefined when there is no place. */
  tryEnter(): Permit | undefined;
  readonly limit: number;
  readonly inFlight: number;
}

const LEAST_SAMPLES = 10;
const WINDOW_MS = 100;
const LONGEST_WINDOW_MS = 1_000;
const WEIGHT_OF_NEW = 0.1;
const TOLERANCE = 2;
const MOST_PATIENCE = 4;
const DEEPEST_CUT = 0.5;

/**
 * A limit that follows latency by its gradient. While it is reached and requests take longer than is acceptable, it
 * falls by as much; while they do not, it rises step by step. As long as everyone finds a place there is no one to
 * choose between, and it does not fall: a crowd that waits is served. Acceptable is the target, or twice what a
 * request takes while little is under way (a slow PSP is no overload), but never above four times the target.
 */
export function createConcurrencyLimit(options: ConcurrencyLimitOptions): ConcurrencyLimit {
  const { targetMs, most, least: wanted = 8, now = () => performance.now() } = options;
  const least = Math.min(wanted, most);
  let limit = most;
  let inFlight = 0;
  let unloadedMs = 0;
  let window = { since: now(), samples: 0, totalMs: 0, peak: 0 };

  const adapt = (meanMs: number) => {
    const isIdle = window.peak <= limit / 2;
    // At the least limit there is nothing left to take away: what a request takes then, it takes.
    if (isIdle || limit === least) unloadedMs += (meanMs - unloadedMs) * WEIGHT_OF_NEW;
    const acceptableMs = Math.min(MOST_PATIENCE * targetMs, Math.max(targetMs, TOLERANCE * unloadedMs));
    if (meanMs <= acceptableMs) limit = Math.min(most, limit + Math.sqrt(limit));
    else if (window.peak >= Math.floor(limit))
      limit = Math.max(least, limit * Math.max(DEEPEST_CUT, acceptableMs / meanMs));
  };
  const leave = (enteredAt: number, measured: boolean) => {
    inFlight -= 1;
    // What entered under an earlier limit says nothing about this one.
    if (!measured || enteredAt < window.since) return;
    const time = now();
    window.samples += 1;
    window.totalMs += time - enteredAt;
    const age = time - window.since;
    if (age < WINDOW_MS || (window.samples < LEAST_SAMPLES && age < LONGEST_WINDOW_MS)) return;
    adapt(window.totalMs / window.samples);
    window = { since: time, samples: 0, totalMs: 0, peak: inFlight };
  };
  return {
    get limit() {
      return Math.floor(limit);
    },
    get inFlight() {
      return inFlight;
    },
    tryEnter: () => {
      if (inFlight >= Math.floor(limit)) return undefined;
      inFlight += 1;
      window.peak = Math.max(window.peak, inFlight);
      return permit(now(), leave);
    },
  };
}

function permit(enteredAt: number, leave: (enteredAt: number, measured: boolean) => void): Permit {
  let held = true;
  return {
    release: (measured) => {
      if (held) leave(enteredAt, measured);
      held = false;
    },
  };
}
