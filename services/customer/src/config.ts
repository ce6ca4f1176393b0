import { hostConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const CustomerConfig = Type.Object({
  ...hostConfig({ port: 8084 }),
  MAX_EVENT_STREAMS: Type.Integer({
    default: 200,
    minimum: 1,
    description: 'Clients that follow an order at the same time; each costs five looks a second',
  }),
});
export type CustomerConfig = Static<typeof CustomerConfig>;
