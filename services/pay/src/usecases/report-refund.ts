import { Problem } from '@phone82/contracts';
import type { Payment } from '../domain/payment.ts';
import type { PayPorts } from './ports.ts';

/**
 * A person gave the money of an imported payment back elsewhere: its cancel ends, after its mileage, as any other. Saying it twice
 * is harmless. @throws Problem for a payment that was made here, or that nobody cancelled.
 */
export function reportRefund({ payments, environment }: Pick<PayPorts, 'payments' | 'environment'>) {
  return ({ orderId }: { readonly orderId: number }): Promise<Payment> =>
    payments.run(async (transaction) => {
      const payment = await transaction.get(orderId);
      if (!payment) throw new Problem('not-found');
      const isReported = payment.state === 'PayCancelled' || payment.refundedAt !== null;
      if (payment.isForeign && isReported) return payment;
      if (!payment.isForeign || payment.state !== 'CancelPending')
        throw new Problem('refund-not-reportable', { process: payment.state });
      const now = environment.now();
      const reported = { ...payment, refundedAt: now, refundRefusedCode: null, dueAt: now };
      transaction.put(reported);
      return reported;
    });
}
