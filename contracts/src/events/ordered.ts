import type { Static } from 'typebox';
import { eventSchema, ItemText, OrderId, optional, Quantity, StateText, Won } from './envelope.ts';

export const orderFields = {
  id: OrderId,
  item: optional(ItemText),
  qty: optional(Quantity),
  status: optional(StateText),
  store: optional(StateText),
  price: optional(Won),
  point: optional(Won),
};

export const Ordered = eventSchema(
  'Ordered',
  'An order formed: it is paid for, and the shop may act on it.',
  orderFields,
);
export type Ordered = Static<typeof Ordered>;
