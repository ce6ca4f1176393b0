import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { type Call, type Outcome, refuse } from './call.ts';
import { isRecorded } from './declined.ts';
import { Amount, CARD_MINIMUM, OrderId, OrderName } from './order-fields.ts';
import type { Payment } from './payment.ts';

const ChargeRequest = Compile(
  Type.Object({
    customerKey: Type.String({ minLength: 2, maxLength: 300 }),
    amount: Amount,
    orderId: OrderId,
    orderName: OrderName,
  }),
);

/** Takes money from the card behind a billing key. An order that was approved once is never approved again. */
export function charge({ ledger, now, newId, body, told, refuseDuplicateOrders }: Call): Outcome {
  if (!ChargeRequest.Check(body)) return refuse('INVALID_REQUEST');
  if (body.amount < CARD_MINIMUM) return refuse('BELOW_MINIMUM_AMOUNT');
  const before = ledger.paymentsOf(body.orderId);
  if (refuseDuplicateOrders && before.some(({ approval }) => approval)) return refuse('DUPLICATED_ORDER_ID');
  if (told && !isRecorded(told)) return refuse(told);
  const { orderId, orderName, customerKey, amount } = body;
  const payment: Payment = {
    paymentKey: newId(),
    orderId,
    orderName,
    customerKey,
    amount,
    requestedAt: now,
    authenticatedAt: null,
    approval: told ? null : { transactionKey: newId(), at: now },
    failure: told ?? null,
    cancels: [],
  };
  ledger.addPayment(payment);
  return told ? refuse(told, payment) : { kind: 'payment', payment, changed: true };
}
