import { accessConfig } from '@phone82/access';
import { overloadConfig } from '@phone82/http';
import { addressKey, type RoutedService, routed, services } from '@phone82/service-list';
import { telemetryConfig } from '@phone82/telemetry';
import Type, { type Static } from 'typebox';
import { sessionConfig } from './session/session-config.ts';

const url = (name: string, port: number) =>
  Type.String({
    default: `http://localhost:${port}`,
    pattern: '^https?://[^/]+/?$',
    description: `where ${name} is, without a path`,
  });

type Addresses = { readonly [Name in RoutedService as `${Uppercase<Name>}_URL`]: ReturnType<typeof url> };

/** The address of each service that requests are passed on to, as `APP_URL`. */
const addresses = Object.fromEntries(
  routed.map((name) => [addressKey(name), url(name, services[name].port)]),
) as Addresses;

export const gatewayConfig = Type.Object({
  PORT: Type.Integer({
    default: services.gateway.port,
    minimum: 0,
    maximum: 65_535,
    description: 'where it listens',
  }),
  HOST: Type.String({ default: '127.0.0.1', description: 'the address it listens on' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'trace, debug, info, warn, error or silent',
  }),
  ...addresses,
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
  ...accessConfig,
  ...sessionConfig,
  // The services shed first, for they know what a request costs.
  ...overloadConfig({ targetLatencyMs: 700 }),
  ...telemetryConfig,
});
export type GatewayConfig = Static<typeof gatewayConfig>;
