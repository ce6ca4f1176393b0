import type { Static } from 'typebox';
import { eventSchema, optional, PaymentReference } from './envelope.ts';
import { orderFields } from './ordered.ts';

export const OrderCancelled = eventSchema(
  'OrderCancelled',
  'The customer took the order back, before or after it left.',
  { ...orderFields, reference: optional(PaymentReference) },
);
export type OrderCancelled = Static<typeof OrderCancelled>;
