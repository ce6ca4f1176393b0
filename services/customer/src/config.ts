import { hostConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const CustomerConfig = Type.Object(hostConfig({ port: 8084 }));
export type CustomerConfig = Static<typeof CustomerConfig>;
