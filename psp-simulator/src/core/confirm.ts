import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { type Call, type Outcome, refuse } from './call.ts';
import { isRecorded } from './declined.ts';
import { Amount, OrderId } from './order-fields.ts';
import { type Payment, statusOf } from './payment.ts';

const ConfirmRequest = Compile(
  Type.Object({
    paymentKey: Type.String({ minLength: 1, maxLength: 200 }),
    orderId: OrderId,
    amount: Amount,
  }),
);

/** Takes the money of a session that the customer authenticated in the browser, once. */
export function confirm(call: Call): Outcome {
  const { ledger, now, body, told } = call;
  if (!ConfirmRequest.Check(body)) return refuse('INVALID_REQUEST');
  const payment = ledger.payment(body.paymentKey);
  if (!payment) return refuse('NOT_FOUND_PAYMENT_SESSION');
  if (payment.orderId !== body.orderId || payment.amount !== body.amount) return refuse('INVALID_REQUEST');
  if (payment.approval || payment.failure || isCharged(call, payment))
    return refuse('ALREADY_PROCESSED_PAYMENT');
  if (statusOf(payment, now) !== 'IN_PROGRESS') return refuse('NOT_FOUND_PAYMENT_SESSION');
  if (told && !isRecorded(told)) return refuse(told);
  return told ? decline(call, payment) : approve(call, payment);
}

/** Another session of the same order may have been paid meanwhile. */
const isCharged = ({ ledger, refuseDuplicateOrders }: Call, { orderId }: Payment) =>
  refuseDuplicateOrders && ledger.paymentsOf(orderId).some(({ approval }) => approval);

function approve({ ledger, now, newId }: Call, payment: Payment): Outcome {
  const approval = { transactionKey: newId(), at: now };
  ledger.approve(payment.paymentKey, approval);
  return { kind: 'payment', payment: { ...payment, approval }, changed: true };
}

function decline({ ledger, told }: Call, payment: Payment): Outcome {
  const failure = told ?? 'COMMON_ERROR';
  ledger.fail(payment.paymentKey, failure);
  return refuse(failure, { ...payment, failure });
}
