import { type Call, type Outcome, refuse } from './call.ts';
import type { Payment } from './payment.ts';

export function lookUpByKey({ ledger, subject, told }: Call): Outcome {
  return told ? refuse(told) : found(ledger.payment(subject));
}

/** Of an order's payments the one that took money counts, else the last. */
export function lookUpByOrder({ ledger, subject, told }: Call): Outcome {
  const payments = ledger.paymentsOf(subject);
  return told ? refuse(told) : found(payments.find(({ approval }) => approval) ?? payments.at(-1));
}

const found = (payment: Payment | undefined): Outcome =>
  payment ? { kind: 'payment', payment, changed: false } : refuse('NOT_FOUND_PAYMENT');
