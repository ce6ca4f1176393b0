import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { causeAtHand } from '@phone82/telemetry';
import { unmatchedCancel, voidedPayment } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { applyToPayment } from './change-payment.ts';
import type { PayPorts } from './ports.ts';

/** Notes that an order's money has to go back; the pending job does it. */
const noteCancel = (transaction: Transaction<Payment>, payment: Payment, { now }: Environment): Payment =>
  applyToPayment(transaction, { ...payment, cause: causeAtHand() }, 'cancel', now());

/** A payment that is to end, and whose it is as far as the sender knows. */
export interface Ended {
  readonly orderId: number;
  readonly customerId: string;
}

/** What a late charge meets. */
function leaveTombstone(transaction: Transaction<Payment>, wanted: Ended, { now }: Environment): Payment {
  const tombstone = voidedPayment(wanted.orderId, wanted.customerId, now());
  transaction.put(tombstone);
  return tombstone;
}

/** Gives the money back, or sees to it that none is taken. */
export function cancelPayment({ payments, environment }: Pick<PayPorts, 'payments' | 'environment'>) {
  return (wanted: Ended): Promise<Payment> =>
    payments.run(async (transaction) => {
      const payment = await transaction.get(wanted.orderId);
      return payment
        ? noteCancel(transaction, payment, environment)
        : leaveTombstone(transaction, wanted, environment);
    });
}

/**
 * app gives up on a charge that pay never heard of. One that came in the meantime stays, and app learns of it. A cancel
 * without a payment, which a person has seen to, ends.
 */
export function voidPayment({ payments, environment }: Pick<PayPorts, 'payments' | 'environment'>) {
  return (wanted: Ended): Promise<Payment> =>
    payments.run(async (transaction) => {
      const known = await transaction.get(wanted.orderId);
      if (!known) return leaveTombstone(transaction, wanted, environment);
      if (known.state !== 'CancelUnmatched') return known;
      return applyToPayment(transaction, known, 'giveUp', environment.now());
    });
}

/** Undoes the payment of an order that was cancelled; one of another order under the same id stays as it is. */
export function cancelOnOrderCancelled({
  environment,
  alerts,
}: Pick<PayPorts, 'environment' | 'alerts'>): Subscriptions<Payment> {
  return {
    OrderCancelled: async (event, transaction) => {
      const { id: orderId, price, customerId = 'demo', reference } = event;
      const payment = await transaction.get(orderId);
      if (!payment) {
        const request = { orderId, price: price ?? 0, customerId, reference: reference ?? null };
        const unmatched = unmatchedCancel(request, environment.now());
        transaction.put({ ...unmatched, cause: causeAtHand() });
      } else if (isOf(payment, reference))
        noteCancel(transaction, { ...payment, reference: reference ?? payment.reference }, environment);
      else if (payment.price > 0) alerts.cancelUnmatched(orderId);
    },
  };
}

/** A payment that another pay made may have no reference; app knows its refund by the order's own then. */
const isOf = ({ reference, isForeign }: Payment, wanted: string | null | undefined): boolean =>
  !wanted || reference === wanted || (isForeign && reference === null);
