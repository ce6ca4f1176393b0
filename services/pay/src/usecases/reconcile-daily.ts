import { lastTwoDays } from '@phone82/contracts';
import { dailyJob } from '@phone82/persistence';
import type { JobOptions } from '@phone82/runtime';
import type { PayPorts } from './ports.ts';
import { PspUnavailable } from './psp-port.ts';
import type { reconcile } from './reconcile.ts';

/** Reconciles yesterday and today once a day, as soon as the time for it has come and the PSP can be asked. */
export function reconcileDaily(
  {
    environment,
    settings,
    reconciliation: { turn },
  }: Pick<PayPorts, 'environment' | 'settings' | 'reconciliation'>,
  run: ReturnType<typeof reconcile>,
): JobOptions {
  return dailyJob({
    name: 'reconcile-daily',
    at: settings.reconcileAt,
    turn,
    environment,
    run: async (now, signal) => void (await run(lastTwoDays(now), signal)),
    passes: (error) => error instanceof PspUnavailable,
  });
}
