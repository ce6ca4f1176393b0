import type { Static } from 'typebox';
import { eventSchema } from './envelope.ts';
import { paymentFields } from './pay-completed.ts';

export const PayCancelled = eventSchema(
  'PayCancelled',
  'The money for an order was given back, its mileage before it.',
  paymentFields,
);
export type PayCancelled = Static<typeof PayCancelled>;
