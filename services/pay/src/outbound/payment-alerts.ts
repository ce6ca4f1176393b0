import type { Logger, Metrics } from '@phone82/telemetry';
import { differenceKinds } from '../domain/find-difference.ts';
import { FOREIGN_PAYMENT } from '../domain/payment.ts';
import type { PaymentAlerts } from '../usecases/ports.ts';
import type { ReconciliationReport } from '../usecases/reconciliation-ports.ts';

export interface PayAlerts extends PaymentAlerts {
  /** The PSP does not accept our keys. */
  keysRefused(code: string): void;
  reconciled(report: ReconciliationReport): void;
}

/** Alerts as error lines, and as metrics that a rule can watch. */
export function createPaymentAlerts(log: Pick<Logger, 'error' | 'info'>, metrics: Metrics): PayAlerts {
  const refused = metrics.counter('psp_refunds_refused_total', 'Refunds that the PSP refused', ['code']);
  const keys = metrics.counter('psp_keys_refused_total', 'Times that the PSP did not accept our keys', [
    'code',
  ]);
  const found = metrics.gauge(
    'reconciliation_differences',
    'Differences that the last reconciliation found',
    ['kind'],
  );
  return {
    refundRefused: (orderId, code) => {
      refused.inc({ code });
      log.error(
        { orderId, code },
        code === FOREIGN_PAYMENT
          ? 'an imported payment is to be given back by a person, who reports it to pay'
          : 'the PSP refuses to give the money back: a person has to act there',
      );
    },
    cancelUnmatched: (orderId) =>
      log.error({ orderId }, 'a cancelled order has no payment, here or at the PSP: a person has to look'),
    keysRefused: (code) => {
      keys.inc({ code });
      log.error({ code }, 'the PSP does not accept our keys: no payment can be taken until they are right');
    },
    reconciled: ({ counts, transactions, orders, moving }) => {
      for (const kind of differenceKinds) found.set({ kind }, counts[kind] ?? 0);
      if (Object.keys(counts).length === 0) log.info({ transactions, orders, moving }, 'reconciled');
      else
        log.error({ counts, transactions, orders, moving }, 'our payments and the books of the PSP differ');
    },
  };
}
