import type { Static } from 'typebox';
import { eventSchema, OrderId, optional, PaymentReference, RecordId, StateText, Won } from './envelope.ts';

export const paymentFields = {
  id: optional(RecordId),
  orderId: OrderId,
  price: optional(Won),
  process: optional(StateText),
  reference: optional(PaymentReference),
};

export const PayCompleted = eventSchema('PayCompleted', 'The money for an order was taken.', paymentFields);
export type PayCompleted = Static<typeof PayCompleted>;
