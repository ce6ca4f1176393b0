import Type, { type Static } from 'typebox';
import { eventSchema, OrderId, optional, Won } from './envelope.ts';

export const paymentFields = {
  id: optional(Type.Integer()),
  orderId: OrderId,
  price: optional(Won),
  process: optional(Type.String()),
};

export const PayCompleted = eventSchema('PayCompleted', 'The money for an order was taken.', paymentFields);
export type PayCompleted = Static<typeof PayCompleted>;
