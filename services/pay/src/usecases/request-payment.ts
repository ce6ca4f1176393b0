import { Problem } from '@phone82/contracts';
import { asStored, type Transaction } from '@phone82/persistence';
import { causeAtHand } from '@phone82/telemetry';
import { newPayment, type PaymentRequest } from '../domain/decide-payment.ts';
import { movesMoney, type Payment } from '../domain/payment.ts';
import { applyToPayment, changePayment } from './change-payment.ts';
import type { PayPorts } from './ports.ts';
import type { RecentIds } from './recent-ids.ts';
import { recordCharge } from './record-charge.ts';

export interface RequestPayment {
  readonly orderId: number;
  /** Undefined if the request has none. */
  readonly price: number | undefined;
  readonly customerId: string;
  readonly reference: string | null;
}

type Ports = Pick<PayPorts, 'payments' | 'psp' | 'environment' | 'settings'>;

/**
 * Takes the money for an order, once, however often it is asked. Undecided charges come back as
 * Requested or Unknown; a payment that was cancelled before, or that the PSP can't take now, is a Problem.
 */
export function requestPayment(ports: Ports, charged: Pick<RecentIds, 'add'>) {
  return async ({ price = 0, ...asked }: RequestPayment): Promise<Payment> => {
    const request = { ...asked, price };
    if (price === 0 && !ports.settings.acceptsWithoutPrice) throw new Problem('payment-price-missing');
    const { payment, isNew } = await writeDown(ports, request);
    if (!isNew) return answerAgain(payment, request);
    if (!movesMoney(payment)) return changePayment(ports, payment.id, 'charged', {}, payment);
    const outcome = await charge(ports, payment);
    if (outcome.state === 'Payed') charged.add(outcome.id);
    return outcome;
  };
}

async function charge(ports: Ports, payment: Payment): Promise<Payment> {
  const { id, price } = payment;
  const answer = await ports.psp.charge({ orderId: id, amount: price });
  if (answer.kind !== 'notTaken') return recordCharge(ports, id, answer, payment);
  // Nothing of this order was ever sent, and nothing will be: its customer is told to order again.
  const ended = await changePayment(ports, id, 'declined', { declineCode: answer.code }, payment);
  if (ended.state === 'Declined')
    throw new Problem('payment-unavailable', {}, Math.max(1, Math.ceil(answer.retryAfterMs / 1_000)));
  return ended;
}

/**
 * The request is durable before the PSP hears of it: a crash in between leaves something to ask about. The key of the
 * charge is made of the order's id, so that this row keeps the key as well.
 */
function writeDown({ payments, environment, settings }: Ports, request: PaymentRequest) {
  const { orderId } = request;
  const run = async (transaction: Transaction<Payment>) => {
    const existing = await transaction.get(orderId);
    // Its cancel overtook it: that is explained now, and nobody has to look for a lost payment.
    if (existing?.state === 'CancelUnmatched')
      return {
        payment: applyToPayment(transaction, existing, 'declined', environment.now()),
        isNew: false,
      };
    if (existing) return { payment: existing, isNew: false };
    const asked = newPayment(request, environment.now(), settings.chargeTakesAtMostMs);
    const payment = { ...asked, cause: causeAtHand() };
    transaction.put(payment);
    return { payment: asStored(payment), isNew: true };
  };
  // Nearly every request is the first of its order, so that is not read but found out.
  return payments.run(run, new Map([[orderId, undefined]]));
}

function answerAgain(payment: Payment, request: PaymentRequest): Payment {
  const isCancelled =
    payment.state === 'Voided' ||
    payment.state === 'VoidRequested' ||
    payment.state === 'CancelPending' ||
    payment.state === 'PayCancelled';
  if (isCancelled) throw new Problem('payment-voided');
  const isSame = payment.price === request.price && payment.reference === request.reference;
  if (!isSame) throw new Problem('payment-mismatch');
  return payment;
}
