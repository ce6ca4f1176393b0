import { hostConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const StoreConfig = Type.Object({
  ...hostConfig({ port: 8085 }),
  STORE_MANUAL: Type.Boolean({
    default: false,
    description: 'true: nothing leaves until the agency says so',
  }),
  STORE_SHIP_DELAY_MS: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'From a paid order until it leaves by itself',
  }),
});
export type StoreConfig = Static<typeof StoreConfig>;
