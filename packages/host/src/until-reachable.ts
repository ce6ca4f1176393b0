import type { Environment, Log } from '@phone82/runtime';

const GIVE_UP_AFTER_MS = 60_000;
const PAUSE_MS = 100;

/** A database server that starts at the same time may be later than the service: waits up to a minute for it. */
export async function untilReachable(
  { environment, log }: { readonly environment: Environment; readonly log: Log },
  ping: () => Promise<void>,
): Promise<void> {
  const deadline = environment.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await ping();
    } catch (error) {
      if (environment.now() > deadline) throw error;
      log.debug({ err: error }, 'not reachable yet');
      await environment.sleep(PAUSE_MS);
    }
  }
}
