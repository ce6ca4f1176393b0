import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { causeAtHand } from '@phone82/telemetry';
import { voidedPayment } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { applyToPayment } from './change-payment.ts';
import type { PayPorts } from './ports.ts';

/** Notes that an order's money has to go back; the pending job does it. A cancel that comes first leaves a tombstone. */
async function noteCancel(
  transaction: Transaction<Payment>,
  orderId: number,
  customerId: string,
  environment: Environment,
): Promise<Payment> {
  const now = environment.now();
  const payment = await transaction.get(orderId);
  if (payment) return applyToPayment(transaction, { ...payment, cause: causeAtHand() }, 'cancel', now);
  return leaveTombstone(transaction, orderId, customerId, now);
}

function leaveTombstone(
  transaction: Transaction<Payment>,
  orderId: number,
  customerId: string,
  now: number,
): Payment {
  const tombstone = voidedPayment(orderId, customerId, now);
  transaction.put(tombstone);
  return tombstone;
}

/** Gives the money back, or sees to it that none is taken. */
export function cancelPayment({ payments, environment }: Pick<PayPorts, 'payments' | 'environment'>) {
  return (orderId: number): Promise<Payment> =>
    payments.run((transaction) => noteCancel(transaction, orderId, 'demo', environment));
}

/** app gives up on a charge that pay never heard of. One that came in the meantime stays, and app learns of it. */
export function voidPayment({ payments, environment }: Pick<PayPorts, 'payments' | 'environment'>) {
  return (orderId: number): Promise<Payment> =>
    payments.run(async (transaction) => {
      const known = await transaction.get(orderId);
      return known ?? leaveTombstone(transaction, orderId, 'demo', environment.now());
    });
}

export function cancelOnOrderCancelled({
  environment,
}: Pick<PayPorts, 'environment'>): Subscriptions<Payment> {
  return {
    OrderCancelled: async (event, transaction) =>
      void (await noteCancel(transaction, event.id, event.customerId ?? 'demo', environment)),
  };
}
