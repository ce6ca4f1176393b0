import Type, { type Static } from 'typebox';
import { eventSchema, OrderId, optional, PaymentReference, Won } from './envelope.ts';

export const paymentFields = {
  id: optional(Type.Integer()),
  orderId: OrderId,
  price: optional(Won),
  process: optional(Type.String()),
  reference: optional(PaymentReference),
};

export const PayCompleted = eventSchema('PayCompleted', 'The money for an order was taken.', paymentFields);
export type PayCompleted = Static<typeof PayCompleted>;
