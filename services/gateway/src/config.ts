import { overloadConfig } from '@phone82/http';
import { telemetryConfig } from '@phone82/telemetry';
import Type, { type Static } from 'typebox';

const url = (name: string, port: number) =>
  Type.String({
    default: `http://localhost:${port}`,
    pattern: '^https?://[^/]+/?$',
    description: `where ${name} is, without a path`,
  });

export const gatewayConfig = Type.Object({
  PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65_535, description: 'where it listens' }),
  HOST: Type.String({ default: '127.0.0.1', description: 'the address it listens on' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'trace, debug, info, warn, error or silent',
  }),
  APP_URL: url('app', 8081),
  PAY_URL: url('pay', 8083),
  CUSTOMER_URL: url('customer', 8084),
  STORE_URL: url('store', 8085),
  MARKETING_URL: url('marketing', 8086),
  UPSTREAM_TIMEOUT_MS: Type.Integer({
    default: 30_000,
    minimum: 1,
    description: 'how long an answer is waited for',
  }),
  RATE_LIMIT_PER_MINUTE: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'requests from one address; 0: no limit',
  }),
  TRUST_PROXY: Type.String({
    default: 'none',
    description:
      'whose X-Forwarded-* headers count: addresses, networks, loopback, linklocal, uniquelocal; none: no one',
  }),
  DRAIN_DELAY_MS: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'how long a stopping gateway goes on serving while routers learn that it leaves',
  }),
  // The services shed first, for they know what a request costs.
  ...overloadConfig({ targetLatencyMs: 700 }),
  ...telemetryConfig,
});
export type GatewayConfig = Static<typeof gatewayConfig>;
