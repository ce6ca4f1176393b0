import { lastTwoDays } from '@phone82/contracts';
import { dailyJob } from '@phone82/persistence';
import type { JobOptions } from '@phone82/runtime';
import type { AppPorts } from './ports.ts';
import type { reconcileOrders } from './reconcile-orders.ts';
import { PaymentRecordsUnavailable } from './reconciliation-ports.ts';

/** Compares yesterday's and today's orders with pay's payments once a day, as soon as pay can be asked. */
export function reconcileOrdersDaily(
  {
    environment,
    settings,
    reconciliation: { turn },
  }: Pick<AppPorts, 'environment' | 'settings' | 'reconciliation'>,
  run: ReturnType<typeof reconcileOrders>,
): JobOptions {
  return dailyJob({
    name: 'reconcile-orders-daily',
    at: settings.reconcileAt,
    turn,
    environment,
    run: async (now, signal) => void (await run(lastTwoDays(now), signal)),
    passes: (error) => error instanceof PaymentRecordsUnavailable,
  });
}
