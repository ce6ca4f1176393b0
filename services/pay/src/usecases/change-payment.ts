import type { Transaction } from '@phone82/persistence';
import { decidePayment } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentCommand } from '../domain/payment-transitions.ts';
import type { PayPorts } from './ports.ts';

/** Takes a command to a payment inside a transaction; its events leave with the same commit. */
export function applyToPayment(
  transaction: Transaction<Payment>,
  payment: Payment,
  command: PaymentCommand,
  now: number,
  declineCode: string | null = null,
): Payment {
  const decision = decidePayment(payment, command, now, declineCode);
  if (!decision) return payment;
  transaction.put(decision.payment);
  transaction.publish(...decision.events);
  return decision.payment;
}

/** The same in a transaction of its own, for a payment that is known to exist. */
export function changePayment(
  { payments, environment }: Pick<PayPorts, 'payments' | 'environment'>,
  id: number,
  command: PaymentCommand,
  declineCode: string | null = null,
): Promise<Payment> {
  return payments.run(async (transaction) => {
    const payment = await transaction.get(id);
    if (!payment) throw new Error(`the payment of order ${id} is gone`);
    return applyToPayment(transaction, payment, command, environment.now(), declineCode);
  });
}
