import type { EventOf } from '@phone82/contracts';
import { decidePayment, newPayment } from './decide-payment.ts';
import type { Payment } from './payment.ts';

/** A payment that was taken elsewhere. The Java pay tells of no price where the Java app sent none. */
function taken(event: EventOf<'PayCompleted' | 'PayCancelled'>, price: number, at: number): Payment {
  const { orderId, customerId, reference } = event;
  const asked = { orderId, price, customerId: customerId ?? 'demo', reference: reference ?? null };
  return { ...newPayment(asked, at, 0), state: 'Payed', dueAt: null, pendingSince: null, isForeign: true };
}

/** Its cancel may have come first, with a price of 0. */
const withPrice = (payment: Payment, price: number): Payment =>
  payment.price === 0 && price > 0 ? { ...payment, price } : payment;

const cancelled = (payment: Payment, at: number): Payment =>
  payment.state === 'PayCancelled'
    ? payment
    : { ...payment, state: 'PayCancelled', dueAt: null, pendingSince: null, refundedAt: at };

/** Payments from the history of the log, in whatever order their events come. Payments that were made here stay as they are. */
export const paymentHistory = {
  beginning: {
    PayCompleted: (payment: Payment | undefined, event: EventOf<'PayCompleted'>, at: number): Payment => {
      const price = event.price ?? 0;
      if (!payment) return taken(event, price, at);
      return payment.isForeign ? withPrice(payment, price) : payment;
    },
    PayCancelled: (payment: Payment | undefined, event: EventOf<'PayCancelled'>, at: number): Payment => {
      if (payment && !payment.isForeign) return payment;
      return cancelled(payment ?? taken(event, 0, at), at);
    },
  },
  following: {
    OrderCancelled: (payment: Payment | undefined, event: EventOf<'OrderCancelled'>, at: number) => {
      if (!payment?.isForeign) return payment;
      const reference = payment.reference ?? event.reference ?? null;
      return decidePayment({ ...payment, reference }, 'cancel', at)?.payment ?? payment;
    },
  },
};
