import type { Static } from 'typebox';
import { eventSchema, OrderId, optional, RecordId, StateText, Won } from './envelope.ts';

export const mileageFields = {
  id: optional(RecordId),
  orderId: OrderId,
  point: optional(Won),
  process: optional(StateText),
};

export const PromoCompleted = eventSchema(
  'PromoCompleted',
  'Mileage was granted for a paid order.',
  mileageFields,
);
export type PromoCompleted = Static<typeof PromoCompleted>;
