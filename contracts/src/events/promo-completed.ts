import Type, { type Static } from 'typebox';
import { eventSchema, OrderId, optional, Won } from './envelope.ts';

export const mileageFields = {
  id: optional(Type.Integer()),
  orderId: OrderId,
  point: optional(Won),
  process: optional(Type.String()),
};

export const PromoCompleted = eventSchema(
  'PromoCompleted',
  'Mileage was granted for a paid order.',
  mileageFields,
);
export type PromoCompleted = Static<typeof PromoCompleted>;
