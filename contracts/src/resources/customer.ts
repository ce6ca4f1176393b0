import Type, { type Static } from 'typebox';
import { CustomerId, OrderId, Won } from '../events/envelope.ts';

export const TimelineEntry = Type.Object({
  eventType: Type.String(),
  at: Type.String({ description: 'ISO time at which it happened' }),
  messageId: Type.String(),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

/** One order as its customer sees it: everything that happened, from every service. */
export const CustomerResource = Type.Object(
  {
    id: OrderId,
    orderId: OrderId,
    item: Type.Union([Type.String(), Type.Null()]),
    qty: Type.Union([Type.Integer(), Type.Null()]),
    price: Type.Union([Won, Type.Null()]),
    status: Type.String(),
    point: Type.Union([Won, Type.Null()]),
    customerId: CustomerId,
    version: Type.Integer({ description: 'Number of events this view of the order holds' }),
    timeline: Type.Array(TimelineEntry),
  },
  { title: 'Customer' },
);
export type CustomerResource = Static<typeof CustomerResource>;
