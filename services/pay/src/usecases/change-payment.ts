import type { Transaction } from '@phone82/persistence';
import { decidePayment } from '../domain/decide-payment.ts';
import type { Payment, PspFacts } from '../domain/payment.ts';
import type { PaymentCommand } from '../domain/payment-transitions.ts';
import type { PayPorts } from './ports.ts';

/** Takes a command to a payment inside a transaction; its events leave with the same commit. */
export function applyToPayment(
  transaction: Transaction<Payment>,
  payment: Payment,
  command: PaymentCommand,
  now: number,
  facts: PspFacts = {},
): Payment {
  const decision = decidePayment(payment, command, now, facts);
  if (!decision) return payment;
  transaction.put(decision.payment);
  transaction.publish(...decision.events);
  return decision.payment;
}

/** The same in a transaction of its own, for a payment that exists; `known`: as it was stored a moment ago. */
export function changePayment(
  ports: Pick<PayPorts, 'payments' | 'environment'>,
  id: number,
  command: PaymentCommand,
  facts: PspFacts = {},
  known?: Payment,
): Promise<Payment> {
  const work = (payment: Payment, transaction: Transaction<Payment>) =>
    applyToPayment(transaction, payment, command, ports.environment.now(), facts);
  return withPayment(ports, id, work, known);
}

/** Works on a payment that is known to exist, in a transaction of its own. */
export function withPayment<T>(
  { payments }: Pick<PayPorts, 'payments'>,
  id: number,
  work: (payment: Payment, transaction: Transaction<Payment>) => T,
  known?: Payment,
): Promise<T> {
  const run = async (transaction: Transaction<Payment>) => {
    const payment = await transaction.get(id);
    if (!payment) throw new Error(`the payment of order ${id} is gone`);
    return work(payment, transaction);
  };
  return payments.run(run, known && new Map([[id, known]]));
}
