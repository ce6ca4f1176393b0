import { cancelOnOrderCancelled, voidPayment } from './usecases/cancel-payment.ts';
import { findPayment, listPayments } from './usecases/find-payments.ts';
import type { PayPorts } from './usecases/ports.ts';
import { requestPayment } from './usecases/request-payment.ts';
import { settleDuePayments } from './usecases/settle-due-payments.ts';

/** Everything that pay does. */
export function payService(ports: PayPorts) {
  return {
    commands: {
      requestPayment: requestPayment(ports),
      voidPayment: voidPayment(ports),
    },
    queries: {
      findPayment: findPayment(ports),
      listPayments: listPayments(ports),
    },
    subscriptions: cancelOnOrderCancelled(ports),
    jobs: [settleDuePayments(ports)],
  };
}

export type PayService = ReturnType<typeof payService>;
