import type { Static } from 'typebox';
import { eventSchema } from './envelope.ts';
import { orderFields } from './ordered.ts';

export const OrderCancelled = eventSchema(
  'OrderCancelled',
  'The customer took the order back, before or after it left.',
  orderFields,
);
export type OrderCancelled = Static<typeof OrderCancelled>;
