import Type, { type Static } from 'typebox';
import { eventSchema, OrderId, optional, Won } from './envelope.ts';

export const orderFields = {
  id: OrderId,
  item: optional(Type.String()),
  qty: optional(Type.Integer()),
  status: optional(Type.String()),
  store: optional(Type.String()),
  price: optional(Won),
  point: optional(Won),
};

export const Ordered = eventSchema(
  'Ordered',
  'An order formed: it is paid for, and the shop may act on it.',
  orderFields,
);
export type Ordered = Static<typeof Ordered>;
