import { cancelOnOrderCancelled, cancelPayment, voidPayment } from './usecases/cancel-payment.ts';
import { findPayment, listPaymentRecords, listPayments } from './usecases/find-payments.ts';
import { heedPspHint } from './usecases/heed-psp-hint.ts';
import type { PayPorts } from './usecases/ports.ts';
import { createRecentIds } from './usecases/recent-ids.ts';
import { reconcile } from './usecases/reconcile.ts';
import { reconcileDaily } from './usecases/reconcile-daily.ts';
import { reportRefund } from './usecases/report-refund.ts';
import { requestPayment } from './usecases/request-payment.ts';
import { settleDuePayments } from './usecases/settle-due-payments.ts';

/** The PSP's news of a charge comes within a second or so; 10,000 payments are many more than that. */
const CHARGED_LATELY = 10_000;

/** Everything that pay does. */
export function payService(ports: PayPorts) {
  const charged = createRecentIds(CHARGED_LATELY);
  const reconciling = reconcile(ports);
  return {
    commands: {
      requestPayment: requestPayment(ports, charged),
      cancelPayment: cancelPayment(ports),
      voidPayment: voidPayment(ports),
      reportRefund: reportRefund(ports),
      heedPspHint: heedPspHint(ports, charged),
      reconcile: reconciling,
    },
    queries: {
      findPayment: findPayment(ports),
      listPayments: listPayments(ports),
      listPaymentRecords: listPaymentRecords(ports),
    },
    subscriptions: cancelOnOrderCancelled(ports),
    jobs: [settleDuePayments(ports), reconcileDaily(ports, reconciling)],
  };
}

export type PayService = ReturnType<typeof payService>;
