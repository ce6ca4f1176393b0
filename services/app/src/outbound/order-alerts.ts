import type { Logger, Metrics } from '@phone82/telemetry';
import { orderDifferenceKinds } from '../domain/find-order-difference.ts';
import type { OrderReconciliation } from '../usecases/reconciliation-ports.ts';

/** What a reconciliation found, as a line and as a metric that a rule can watch. */
export function createOrderAlerts(log: Pick<Logger, 'error' | 'info'>, metrics: Metrics) {
  const found = metrics.gauge(
    'reconciliation_differences',
    'Differences that the last reconciliation found',
    ['kind'],
  );
  return {
    reconciled: ({ counts, compared, moving }: OrderReconciliation): void => {
      for (const kind of orderDifferenceKinds) found.set({ kind }, counts[kind] ?? 0);
      if (Object.keys(counts).length === 0) log.info({ compared, moving }, 'orders and payments agree');
      else log.error({ counts, compared, moving }, 'our orders and the payments of pay differ');
    },
  };
}
