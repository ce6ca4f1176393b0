import type { Payment } from '../domain/payment.ts';
import { changePayment } from './change-payment.ts';
import type { PayPorts, StepOutcome } from './ports.ts';

/**
 * Undoes a payment, in an order that never leaves mileage behind a refund: first the mileage at
 * marketing, then the money at the PSP, then PayCancelled. Each step may be repeated without harm, so a
 * crash or a refusal in between starts again from the first.
 */
export async function refundPayment(
  ports: Pick<PayPorts, 'mileage' | 'psp' | 'payments' | 'environment'>,
  payment: Payment,
): Promise<StepOutcome> {
  const mileage = await ports.mileage.cancel(payment.id);
  if (mileage.kind === 'retry') return mileage;
  const refund = await ports.psp.refund({ orderId: payment.id, amount: payment.price });
  if (refund === 'retry') return { kind: 'retry', afterMs: 0 };
  await changePayment(ports, payment.id, 'refunded');
  return { kind: 'done' };
}
