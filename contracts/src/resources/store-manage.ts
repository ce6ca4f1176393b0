import Type, { type Static } from 'typebox';
import { CustomerId, OrderId } from '../events/envelope.ts';

export const storeManageProcesses = ['Ordered', 'Payed', 'Shipped', 'Cancelled', 'ReturnRequested'] as const;
export type StoreManageProcess = (typeof storeManageProcesses)[number];

/** `PATCH /storeManages/{id}`: the agency says that the parcel left. */
export const ShipRequest = Type.Object(
  {
    process: Type.Literal('Shipped'),
    carrier: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    trackingNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false, title: 'ShipRequest' },
);
export type ShipRequest = Static<typeof ShipRequest>;

const nullableText = Type.Union([Type.String(), Type.Null()]);
export const StoreManageResource = Type.Object(
  {
    id: OrderId,
    orderId: OrderId,
    item: nullableText,
    qty: Type.Union([Type.Integer(), Type.Null()]),
    address: nullableText,
    process: Type.Enum([...storeManageProcesses]),
    carrier: nullableText,
    trackingNumber: nullableText,
    customerId: CustomerId,
  },
  { title: 'StoreManage' },
);
export type StoreManageResource = Static<typeof StoreManageResource>;
