import { hostConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const MarketingConfig = Type.Object({
  ...hostConfig({ port: 8086 }),
  PROMOTION_POINTS: Type.Integer({ default: 300_000, minimum: 0, description: 'Mileage granted per order' }),
});
export type MarketingConfig = Static<typeof MarketingConfig>;
