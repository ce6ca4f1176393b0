import type { Environment } from '@phone82/runtime';
import { isConflict } from './infrastructure-error.ts';
import type { Aggregate, Known } from './unit-of-work.ts';

const MAX_RUNS = 5;
const PAUSE_MS = 10;

/**
 * Runs work again, after a short random pause, while it fails for a conflict with another writer: five runs at most. What the
 * caller knows is for the first run: after a conflict it is no longer so.
 */
export async function retryConflicts<T, A extends Aggregate>(
  environment: Environment,
  known: Known<A> | undefined,
  work: (attempt: { readonly isFirst: boolean; readonly known: Known<A> | undefined }) => Promise<T>,
): Promise<T> {
  for (let run = 1; ; run++) {
    try {
      const isFirst = run === 1;
      return await work({ isFirst, known: isFirst ? known : undefined });
    } catch (error) {
      if (run === MAX_RUNS || !isConflict(error)) throw error;
      await environment.sleep(PAUSE_MS * run * environment.random());
    }
  }
}
