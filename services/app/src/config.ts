import { hostConfig, remoteConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const AppConfig = Type.Object({
  ...hostConfig({ port: 8081 }),
  ...remoteConfig('PAY', 'http://127.0.0.1:8083'),
  CATALOGUE_FILE: Type.String({
    default: '',
    description: 'JSON file of items; the built-in catalogue if empty',
  }),
  CANCEL_WINDOW_HOURS: Type.Integer({
    default: 336,
    minimum: 1,
    description: 'How long after ordering a customer may cancel',
  }),
});
export type AppConfig = Static<typeof AppConfig>;
