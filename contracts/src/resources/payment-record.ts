import Type, { type Static } from 'typebox';
import { OrderId, PaymentReference, Won } from '../events/envelope.ts';
import { paymentProcesses } from './payment.ts';

/** A payment as pay shows it to whoever compares it with its order. */
export const PaymentRecord = Type.Object(
  {
    orderId: OrderId,
    price: Won,
    reference: Type.Union([PaymentReference, Type.Null()]),
    process: Type.Enum([...paymentProcesses]),
    foreign: Type.Optional(Type.Boolean({ description: 'true: made elsewhere and imported' })),
    changedAt: Type.Integer({ description: 'When something last happened to it, milliseconds since 1970' }),
  },
  { title: 'PaymentRecord' },
);
export type PaymentRecord = Static<typeof PaymentRecord>;

export const PaymentRecords = Type.Object(
  { payments: Type.Array(PaymentRecord, { description: 'By order id' }) },
  { title: 'PaymentRecords' },
);
