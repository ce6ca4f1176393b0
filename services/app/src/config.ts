import { hostConfig, remoteConfig } from '@phone82/host';
import Type, { type Static } from 'typebox';

export const AppConfig = Type.Object({
  ...hostConfig({ port: 8081 }),
  ...remoteConfig('PAY', 'http://127.0.0.1:8083'),
  ORDER_ID_START: Type.Integer({
    default: 1,
    minimum: 1,
    maximum: 1_000_000_000_000,
    description: 'Orders are numbered from here at the lowest',
  }),
  PAY_WITHOUT_REFERENCES: Type.Boolean({
    default: false,
    description: 'true beside the Java pay: a payment without a reference counts by order id and price',
  }),
  RECONCILE_AT: Type.String({
    default: '04:45',
    pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
    description: 'When orders are compared with the payments of pay every day, Asia/Seoul',
  }),
  RECONCILIATION_GRACE_SECONDS: Type.Integer({
    default: 60,
    minimum: 0,
    description: 'What happened within so long is left for the next reconciliation',
  }),
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
