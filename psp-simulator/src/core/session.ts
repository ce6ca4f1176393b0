import type { Environment } from '@phone82/runtime';
import Type, { type Static } from 'typebox';
import type { Ledger } from '../ledger/ledger.ts';
import { Amount, OrderId, OrderName } from './order-fields.ts';
import type { Payment } from './payment.ts';
import { type PaymentObject, paymentObject } from './payment-object.ts';

export const SessionRequest = Type.Object(
  {
    orderId: OrderId,
    amount: Amount,
    orderName: Type.Optional(OrderName),
    /** Whether the customer has authenticated. Default true: only then it can be confirmed. */
    authenticated: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type SessionRequest = Static<typeof SessionRequest>;

/** Begins a payment as the browser does: to be authenticated within 30 minutes, then to be confirmed within 10. */
export async function openSession(
  ledger: Ledger,
  { now, newId }: Environment,
  { orderId, amount, orderName = 'phone82', authenticated = true }: SessionRequest,
): Promise<PaymentObject> {
  const payment: Payment = {
    paymentKey: newId(),
    orderId,
    orderName,
    customerKey: null,
    amount,
    requestedAt: now(),
    authenticatedAt: authenticated ? now() : null,
    approval: null,
    failure: null,
    cancels: [],
  };
  await ledger.transact((books) => books.addPayment(payment));
  return paymentObject(payment, now(), 'ko');
}
