import { Problem } from '@phone82/contracts';
import { newPayment } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { changePayment } from './change-payment.ts';
import type { PayPorts, PspCharge } from './ports.ts';

export interface RequestPayment {
  readonly orderId: number;
  readonly price: number;
  readonly customerId: string;
}

/**
 * Takes the money for an order, once, however often it is asked. Undecided charges come back as
 * Requested or Unknown; a payment that was cancelled before is a Problem.
 */
export function requestPayment(ports: Pick<PayPorts, 'payments' | 'psp' | 'environment'>) {
  return async (request: RequestPayment): Promise<Payment> => {
    const { payment, isNew } = await writeDown(ports, request);
    if (!isNew) return answerAgain(payment, request);
    const answer = await ports.psp.charge({ orderId: payment.id, amount: payment.price });
    return recordCharge(ports, payment.id, answer);
  };
}

/** The request is durable before the PSP hears of it: a crash in between leaves something to ask about. */
function writeDown(
  { payments, environment }: Pick<PayPorts, 'payments' | 'environment'>,
  request: RequestPayment,
) {
  return payments.run(async (transaction) => {
    const existing = await transaction.get(request.orderId);
    if (existing) return { payment: existing, isNew: false };
    const payment = newPayment(request, environment.now());
    transaction.put(payment);
    return { payment, isNew: true };
  });
}

function answerAgain(payment: Payment, request: RequestPayment): Payment {
  const isCancelled =
    payment.state === 'Voided' ||
    payment.state === 'VoidRequested' ||
    payment.state === 'CancelPending' ||
    payment.state === 'PayCancelled';
  if (isCancelled) throw new Problem('payment-voided');
  if (payment.price !== request.price) throw new Problem('payment-mismatch');
  return payment;
}

/** What the PSP's answer makes of the payment. */
export function recordCharge(
  ports: Pick<PayPorts, 'payments' | 'environment'>,
  id: number,
  answer: PspCharge,
): Promise<Payment> {
  switch (answer.kind) {
    case 'charged':
      return changePayment(ports, id, 'charged');
    case 'declined':
      return changePayment(ports, id, 'declined', answer.code);
    case 'lost':
      return changePayment(ports, id, 'loseOutcome');
  }
}
