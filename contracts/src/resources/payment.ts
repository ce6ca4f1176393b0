import Type, { type Static } from 'typebox';
import { CustomerId, OrderId, PaymentReference, Won } from '../events/envelope.ts';

export const paymentProcesses = [
  'Requested',
  'Payed',
  'Declined',
  'Unknown',
  'CancelPending',
  'PayCancelled',
  'Voided',
] as const;
export type PaymentProcess = (typeof paymentProcesses)[number];

/** `POST /payments`: what app, ours or the Java one, sends. The Java one sends no price. */
export const RequestPaymentRequest = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    orderId: OrderId,
    price: Type.Optional(Type.Union([Won, Type.Null()])),
    process: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    reference: Type.Optional(Type.Union([PaymentReference, Type.Null()])),
    customerId: Type.Optional(CustomerId),
  },
  { additionalProperties: false, title: 'RequestPaymentRequest' },
);
export type RequestPaymentRequest = Static<typeof RequestPaymentRequest>;

/** `PATCH /payments/{orderId}`: gives up on a payment whose outcome app never learned. */
export const VoidPaymentRequest = Type.Object(
  {
    process: Type.Enum(['cancel', 'void', 'refunded'], {
      description:
        '`cancel`: what was taken goes back, what was not never will be · `void`: a charge that has not come yet is refused, one that came stays as it is · `refunded`: a person gave the money of an imported payment back elsewhere',
    }),
  },
  { additionalProperties: false, title: 'VoidPaymentRequest' },
);

export const PaymentResource = Type.Object(
  {
    id: OrderId,
    orderId: OrderId,
    price: Won,
    process: Type.Enum([...paymentProcesses]),
    reference: Type.Union([PaymentReference, Type.Null()], {
      description: "The request's own; null if the request had none",
    }),
    customerId: CustomerId,
    foreign: Type.Optional(
      Type.Boolean({ description: 'true: made elsewhere and imported; a person gives its money back' }),
    ),
    declineCode: Type.Union([Type.String(), Type.Null()]),
    refundRefusedCode: Type.Union([Type.String(), Type.Null()], {
      description: 'Why the PSP refuses to give the money back: a person has to act there',
    }),
    attempts: Type.Integer({ description: 'Tries of what is pending' }),
    nextTryAt: Type.Union([Type.String(), Type.Null()], {
      description: 'ISO time of the next try of what is pending',
    }),
  },
  { title: 'Payment' },
);
export type PaymentResource = Static<typeof PaymentResource>;
