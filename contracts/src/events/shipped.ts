import Type, { type Static } from 'typebox';
import { eventSchema, OrderId, optional } from './envelope.ts';

export const Shipped = eventSchema('Shipped', 'The parcel of an order left the agency.', {
  id: optional(Type.Integer()),
  orderId: OrderId,
  address: optional(Type.String()),
  item: optional(Type.String()),
  process: optional(Type.String()),
});
export type Shipped = Static<typeof Shipped>;
