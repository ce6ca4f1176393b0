import type { Environment, Log } from '@phone82/runtime';

const GIVE_UP_AFTER_MS = 60_000;
const PAUSE_MS = 100;
/** What starts at the same time is there by then; whoever waits longer wants to know for what. */
const WARN_AFTER_MS = 5_000;

/**
 * A server that starts at the same time may be later than the service: waits up to a minute for it, and says so once.
 * @throws Error that names the server, which the service needs once to start, and what it answered.
 */
export async function untilReachable(
  { environment, log }: { readonly environment: Environment; readonly log: Log },
  what: 'the database' | 'the log',
  ping: () => Promise<void>,
): Promise<void> {
  const began = environment.now();
  let warned = false;
  for (;;) {
    try {
      return await ping();
    } catch (error) {
      const waited = environment.now() - began;
      if (waited > GIVE_UP_AFTER_MS) throw notReached(what, error);
      if (warned || waited <= WARN_AFTER_MS) log.debug({ err: error }, `${what} is not reachable yet`);
      else {
        log.warn({ err: error }, `${what} is not reachable yet, will try for a minute`);
        warned = true;
      }
      await environment.sleep(PAUSE_MS);
    }
  }
}

const notReached = (what: string, cause: unknown) =>
  new Error(`${what} was not reached within a minute: ${cause instanceof Error ? cause.message : cause}`, {
    cause,
  });
