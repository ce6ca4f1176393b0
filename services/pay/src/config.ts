import { hostConfig, remoteConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const PayConfig = Type.Object({
  ...hostConfig({ port: 8083 }),
  ...remoteConfig('MARKETING', 'http://127.0.0.1:8086'),
  PSP: Type.Enum(['simulator'], { default: 'simulator', description: 'The payment service provider' }),
});
export type PayConfig = Static<typeof PayConfig>;
