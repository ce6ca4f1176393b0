import Type, { type Static } from 'typebox';
import { CustomerId, OrderId, Won } from '../events/envelope.ts';

export const orderStatuses = [
  'Pending',
  'Ordered',
  'Payed',
  'Shipped',
  'OrderCancelled',
  'PayCancelled',
  'PaymentFailed',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** `POST /orders`. The price is the catalogue's, so a client cannot send one. */
export const PlaceOrderRequest = Type.Object(
  { item: Type.String({ minLength: 1, maxLength: 64 }), qty: Type.Integer({ minimum: 1, maximum: 100 }) },
  { additionalProperties: false, title: 'PlaceOrderRequest' },
);
export type PlaceOrderRequest = Static<typeof PlaceOrderRequest>;

/** `PATCH /orders/{id}`: the one change a customer may make. */
export const CancelOrderRequest = Type.Object(
  { status: Type.Literal('cancel') },
  { additionalProperties: false, title: 'CancelOrderRequest' },
);

export const OrderResource = Type.Object(
  {
    id: OrderId,
    item: Type.String(),
    qty: Type.Integer(),
    status: Type.Enum([...orderStatuses]),
    store: Type.Union([Type.String(), Type.Null()]),
    price: Won,
    point: Type.Union([Won, Type.Null()], { description: 'null until granted, 0 once cancelled' }),
    customerId: CustomerId,
  },
  { title: 'Order' },
);
export type OrderResource = Static<typeof OrderResource>;
