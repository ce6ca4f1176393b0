import { Problem } from '@phone82/http';
import { isInfrastructureError } from '@phone82/persistence';
import type { Environment, Log } from '@phone82/runtime';

/** An answer of the database of the sessions. @throws Problem `service-unavailable` if it does not come in good time. */
export type InTime = <T>(answer: Promise<T>) => Promise<T>;

const PATIENCE_MS = 3_000;
const RETRY_AFTER_S = 2;
const WARN_EVERY_MS = 10_000;

/** Nothing was passed on yet, so a database that does not answer is a refusal, and no unknown outcome. */
export function inGoodTime({ environment, log }: { environment: Environment; log: Log }): InTime {
  let warnedAt = Number.NEGATIVE_INFINITY;
  const refuse = (why: string): never => {
    if (environment.now() - warnedAt >= WARN_EVERY_MS) {
      warnedAt = environment.now();
      log.warn({ why }, 'sessions are not available');
    }
    throw new Problem('service-unavailable', {}, RETRY_AFTER_S);
  };
  return async (answer) => {
    const over = new AbortController();
    const late = environment.sleep(PATIENCE_MS, over.signal).then(() => LATE);
    try {
      const first = await Promise.race([answer, late]);
      return first === LATE ? refuse('no answer in time') : (first as Awaited<typeof answer>);
    } catch (error) {
      if (!isInfrastructureError(error)) throw error;
      return refuse((error as Error).message);
    } finally {
      over.abort();
    }
  };
}

const LATE = Symbol('late');
