import { seoulDay, seoulTime } from '@phone82/contracts';
import type { Environment, JobOptions } from '@phone82/runtime';
import type { DailyTurn } from './daily-turn.ts';

const LOOK_EVERY_MS = 60_000;

export interface DailyJobOptions {
  readonly name: string;
  /** When it begins: `04:30`, in Seoul; later that day if nobody could do it then. */
  readonly at: string;
  readonly turn: DailyTurn;
  readonly environment: Pick<Environment, 'now'>;
  run(now: number, signal: AbortSignal): Promise<void>;
  /** Whether it failed for a reason that passes by itself: the turn is kept, and a minute later it is tried again. */
  passes(error: unknown): boolean;
}

/** A job that is done once a day by one copy of a service. */
export function dailyJob({ name, at, turn, environment, run, passes }: DailyJobOptions): JobOptions {
  return {
    name,
    everyMs: LOOK_EVERY_MS,
    run: async (signal) => {
      const now = environment.now();
      const day = seoulDay(now);
      if (seoulTime(now).slice(11, 16) < at || !(await turn.take(day))) return 'done';
      try {
        await run(now, signal);
        await turn.done(day);
      } catch (error) {
        if (!passes(error)) throw error;
      }
      return 'done';
    },
  };
}
