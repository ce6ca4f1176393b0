import { hostConfig, remoteConfig } from '@phone82/host';
import { ConfigError } from '@phone82/runtime';
import Type, { type Static } from 'typebox';

export const PayConfig = Type.Object({
  ...hostConfig({ port: 8083 }),
  ...remoteConfig('MARKETING', 'http://127.0.0.1:8086'),
  ...remoteConfig('PSP', 'http://127.0.0.1:8087'),
  PSP_TIMEOUT_MS: Type.Integer({
    default: 4_000,
    minimum: 1,
    description: 'How long its answer is waited for; then the outcome is looked up',
  }),
  PSP_MAX_CONCURRENT: Type.Integer({ default: 64, minimum: 1, description: 'Calls under way at once' }),
  PSP_MAX_WAIT_MS: Type.Integer({
    default: 500,
    minimum: 0,
    description: 'How long a call waits for its turn before it is given up, unsent',
  }),
  PSP_SECRET_KEY: Type.String({
    default: 'test_sk_phone82',
    pattern: '^(test|live)_[a-z]*sk_[A-Za-z0-9]+$',
    writeOnly: true,
    description: 'The secret key of the PSP, test_sk_… or live_sk_…',
  }),
  PSP_BILLING_KEY: Type.String({
    default: 'billing-demo',
    minLength: 1,
    maxLength: 200,
    writeOnly: true,
    description: 'The stored card that is charged',
  }),
  PSP_CUSTOMER_KEY: Type.String({
    default: 'customer-demo',
    minLength: 2,
    maxLength: 50,
    description: 'Whose stored card it is',
  }),
  PSP_ORDER_PREFIX: Type.String({
    default: 'phone82-',
    pattern: '^[A-Za-z0-9_-]{5,48}$',
    description: 'What an order number begins with at the PSP',
  }),
  ACCEPT_PAYMENTS_WITHOUT_PRICE: Type.Boolean({
    default: false,
    description:
      'true for the Java app, which sends no price: such a payment counts as paid, and nothing is charged',
  }),
  RECONCILE_AT: Type.String({
    default: '04:30',
    pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
    description: 'When the PSP’s books are compared every day, Asia/Seoul',
  }),
  RECONCILIATION_GRACE_SECONDS: Type.Integer({
    default: 60,
    minimum: 0,
    description: 'What happened within so long is left for the next reconciliation',
  }),
});
export type PayConfig = Static<typeof PayConfig>;

/**
 * With a live key real money moves, and whoever reads the key on its way can move it.
 * @throws ConfigError if a live key would travel in the clear.
 */
export function protectLiveKey({
  PSP_SECRET_KEY,
  PSP_URL,
}: Pick<PayConfig, 'PSP_SECRET_KEY' | 'PSP_URL'>): void {
  if (PSP_SECRET_KEY.startsWith('live_') && !PSP_URL.startsWith('https://'))
    throw new ConfigError(['PSP_URL is not usable: with a live key it has to begin with https://']);
}
