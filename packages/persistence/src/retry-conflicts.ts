import type { Environment } from '@phone82/runtime';
import { isConflict } from './infrastructure-error.ts';

const MAX_RUNS = 5;
const PAUSE_MS = 10;

/** Runs work again, after a short random pause, while it fails for a conflict with another writer: five runs at most. The work is told which run it is, from 1. */
export async function retryConflicts<T>(
  environment: Environment,
  work: (run: number) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      return await work(run);
    } catch (error) {
      if (run === MAX_RUNS || !isConflict(error)) throw error;
      await environment.sleep(PAUSE_MS * run * environment.random());
    }
  }
}
