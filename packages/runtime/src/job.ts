import { type Environment, WOKEN } from './environment.ts';
import type { Component, Log } from './lifecycle.ts';

export interface JobOptions {
  readonly name: string;
  /** How long to wait after a run that found nothing to do. A nudge cuts the wait short. */
  readonly everyMs: number;
  /** Does what is due and says whether more may be waiting, in which case it runs again at once. */
  run(signal: AbortSignal): Promise<'more' | 'done'>;
}

/** A job that repeats until it is stopped. */
export interface Job extends Component {
  /** There may be work now: run without waiting for the next turn. Cheap; calls while it runs collapse into one. */
  nudge(): void;
}

const FAILURE_PAUSE_MS = 500;

/** Starts a repeating job. A run that throws is logged and tried again after half a second to a second. */
export function startJob(options: JobOptions, environment: Environment, log: Log): Job {
  const stopped = new AbortController();
  let wake = new AbortController();
  let nudged = false;

  /** Says how long to wait, and whether a nudge cuts that short: what just failed is not hurried. */
  const turn = async (): Promise<{ pauseMs: number; signal: AbortSignal }> => {
    nudged = false;
    try {
      const outcome = await options.run(stopped.signal);
      return { pauseMs: outcome === 'more' || nudged ? 0 : options.everyMs, signal: wake.signal };
    } catch (error) {
      log.error({ err: error, job: options.name }, 'job failed, will try again');
      return { pauseMs: FAILURE_PAUSE_MS * (1 + environment.random()), signal: stopped.signal };
    }
  };

  const loop = (async () => {
    while (!stopped.signal.aborted) {
      const { pauseMs, signal } = await turn();
      if (pauseMs > 0 && !signal.aborted) await environment.sleep(pauseMs, signal);
      if (wake.signal.aborted) wake = new AbortController();
    }
  })();

  const nudge = () => {
    nudged = true;
    wake.abort(WOKEN);
  };
  return {
    name: options.name,
    nudge,
    stop: async () => {
      stopped.abort();
      nudge();
      await loop;
    },
  };
}
