import Type, { type Static } from 'typebox';
import { CustomerId, OrderId, Won } from '../events/envelope.ts';

/** `POST /marketings {orderId, point: 0, process: "PayCancelled"}`: pay, ours or the Java one, cancels an order's mileage. */
export const CancelMileageRequest = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    orderId: OrderId,
    point: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    process: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
  },
  { additionalProperties: false, title: 'CancelMileageRequest' },
);
export type CancelMileageRequest = Static<typeof CancelMileageRequest>;

export const MarketingResource = Type.Object(
  {
    id: OrderId,
    orderId: OrderId,
    point: Won,
    process: Type.String({ description: 'Why the point is what it is' }),
    customerId: CustomerId,
    entries: Type.Array(Type.Object({ amount: Type.Integer(), reason: Type.String(), at: Type.String() }), {
      description: 'The ledger: what was granted and what was taken back',
    }),
  },
  { title: 'Marketing' },
);
export type MarketingResource = Static<typeof MarketingResource>;
