import type { Static } from 'typebox';
import { AddressText, eventSchema, ItemText, OrderId, optional, RecordId, StateText } from './envelope.ts';

export const Shipped = eventSchema('Shipped', 'The parcel of an order left the agency.', {
  id: optional(RecordId),
  orderId: OrderId,
  address: optional(AddressText),
  item: optional(ItemText),
  process: optional(StateText),
});
export type Shipped = Static<typeof Shipped>;
