import { cancelOnOrderCancelled, cancelPayment, voidPayment } from './usecases/cancel-payment.ts';
import { findPayment, listPayments } from './usecases/find-payments.ts';
import { heedPspHint } from './usecases/heed-psp-hint.ts';
import type { PayPorts } from './usecases/ports.ts';
import { reconcile } from './usecases/reconcile.ts';
import { reconcileDaily } from './usecases/reconcile-daily.ts';
import { requestPayment } from './usecases/request-payment.ts';
import { settleDuePayments } from './usecases/settle-due-payments.ts';

/** Everything that pay does. */
export function payService(ports: PayPorts) {
  const reconciling = reconcile(ports);
  return {
    commands: {
      requestPayment: requestPayment(ports),
      cancelPayment: cancelPayment(ports),
      voidPayment: voidPayment(ports),
      heedPspHint: heedPspHint(ports),
      reconcile: reconciling,
    },
    queries: {
      findPayment: findPayment(ports),
      listPayments: listPayments(ports),
    },
    subscriptions: cancelOnOrderCancelled(ports),
    jobs: [settleDuePayments(ports), reconcileDaily(ports, reconciling)],
  };
}

export type PayService = ReturnType<typeof payService>;
