import type { Static } from 'typebox';
import { eventSchema } from './envelope.ts';
import { mileageFields } from './promo-completed.ts';

export const PromoCancelled = eventSchema(
  'PromoCancelled',
  "An order's mileage was taken back; its point is 0.",
  mileageFields,
);
export type PromoCancelled = Static<typeof PromoCancelled>;
