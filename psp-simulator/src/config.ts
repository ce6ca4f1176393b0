import { ConfigError } from '@phone82/runtime';
import { telemetryConfig } from '@phone82/telemetry';
import Type, { type Static } from 'typebox';

export const PspSimulatorConfig = Type.Object({
  PHONE82_ENV: Type.Enum(['development', 'production'], {
    default: 'development',
    description: 'production: it does not start, since its payments move no money',
  }),
  PORT: Type.Integer({ default: 8087, minimum: 0, maximum: 65_535, description: 'where it listens' }),
  HOST: Type.String({ default: '127.0.0.1', description: 'the address it listens on' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'trace, debug, info, warn, error or silent',
  }),
  DATABASE_URL: Type.String({ pattern: '^sqlite:///', description: 'the SQLite file of its books' }),
  PSP_SECRET_KEY: Type.String({
    default: 'test_sk_phone82',
    pattern: '^[A-Za-z0-9_-]+$',
    description: 'the key that callers have to know',
  }),
  WEBHOOK_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'where news of payments goes; without it there is none',
    }),
  ),
  WEBHOOK_RETRY_MS: Type.Integer({
    default: 60_000,
    minimum: 1,
    description:
      'the pause before a webhook is repeated; each further one is four times as long, up to seven',
  }),
  ...telemetryConfig,
});

/** @throws ConfigError in production, where orders would be shipped that nobody has paid for. */
export function refuseProduction({
  PHONE82_ENV,
}: Pick<Static<typeof PspSimulatorConfig>, 'PHONE82_ENV'>): void {
  if (PHONE82_ENV === 'production')
    throw new ConfigError([
      'PHONE82_ENV=production: the PSP simulator moves no money and does not start; set PSP_URL of pay to the real PSP',
    ]);
}
