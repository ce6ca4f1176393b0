import { failpoint } from '@phone82/runtime';
import { FOREIGN_PAYMENT, movesMoney, type Payment } from '../domain/payment.ts';
import { changePayment, withPayment } from './change-payment.ts';
import type { PayPorts, StepOutcome } from './ports.ts';

/** Until a person has acted at the PSP there is nothing to be won by haste. */
const REFUSED_RETRY_MS = 10 * 60 * 1_000;

type Ports = Pick<PayPorts, 'mileage' | 'psp' | 'payments' | 'environment' | 'alerts'>;

/**
 * Undoes a payment, in an order that never leaves mileage behind a refund: first the mileage at
 * marketing, then the money at the PSP, then PayCancelled. Each step may be repeated without harm, so a
 * crash or a refusal in between starts again from the first.
 */
export async function refundPayment(ports: Ports, payment: Payment): Promise<StepOutcome> {
  const mileage = await ports.mileage.cancel(
    { orderId: payment.id, customerId: payment.customerId },
    payment.attempts > 1,
  );
  if (mileage.kind === 'retry') return mileage;
  if (!movesMoney(payment)) return finish(ports, payment, null);
  if (payment.isForeign) return giveForeignBack(ports, payment);
  const { id: orderId, price: amount, paymentKey, refundRound: round } = payment;
  const refund = await ports.psp.refund({ orderId, amount, paymentKey, round });
  switch (refund.kind) {
    case 'refunded':
      failpoint('pay-after-refund');
      return finish(ports, payment, refund.refundedAt);
    case 'retry':
      return refund;
    case 'failed':
      return nextRound(ports, payment, null, 0);
    case 'refused':
      ports.alerts.refundRefused(orderId, refund.code);
      return nextRound(ports, payment, refund.code, REFUSED_RETRY_MS);
  }
}

/** Our PSP never had the money of an imported payment: a person gives it back and says so, which is when the cancel ends. */
async function giveForeignBack(ports: Ports, payment: Payment): Promise<StepOutcome> {
  if (payment.refundedAt !== null) return finish(ports, payment, payment.refundedAt);
  ports.alerts.refundRefused(payment.id, FOREIGN_PAYMENT);
  return nextRound(ports, payment, FOREIGN_PAYMENT, REFUSED_RETRY_MS);
}

async function finish(ports: Ports, { id }: Payment, refundedAt: number | null): Promise<StepOutcome> {
  await changePayment(ports, id, 'refunded', { refundedAt, refundRefusedCode: null });
  return { kind: 'done' };
}

/** The payment stays CancelPending, with the reason for whoever looks: the money is still to be given back. */
async function nextRound(
  ports: Ports,
  { id, refundRound }: Payment,
  refundRefusedCode: string | null,
  afterMs: number,
): Promise<StepOutcome> {
  await withPayment(ports, id, (payment, transaction) =>
    transaction.put({ ...payment, refundRound: refundRound + 1, refundRefusedCode }),
  );
  return { kind: 'retry', afterMs };
}
