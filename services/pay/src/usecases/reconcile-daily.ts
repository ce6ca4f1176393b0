import type { JobOptions } from '@phone82/runtime';
import { lastTwoDays, seoulDay, seoulTime } from '../domain/seoul-time.ts';
import type { PayPorts } from './ports.ts';
import { PspUnavailable } from './psp-port.ts';
import type { reconcile } from './reconcile.ts';

const LOOK_EVERY_MS = 60_000;

/** Reconciles yesterday and today once a day, as soon as the time for it has come and the PSP can be asked. */
export function reconcileDaily(
  {
    environment,
    settings,
    reconciliation: { turn },
  }: Pick<PayPorts, 'environment' | 'settings' | 'reconciliation'>,
  run: ReturnType<typeof reconcile>,
): JobOptions {
  return {
    name: 'reconcile-daily',
    everyMs: LOOK_EVERY_MS,
    run: async (signal) => {
      const now = environment.now();
      const day = seoulDay(now);
      if (seoulTime(now).slice(11, 16) < settings.reconcileAt || !(await turn.take(day))) return 'done';
      try {
        await run(lastTwoDays(now), signal);
        await turn.done(day);
      } catch (error) {
        // The turn is kept, and the next look in a minute tries again.
        if (!(error instanceof PspUnavailable)) throw error;
      }
      return 'done';
    },
  };
}
