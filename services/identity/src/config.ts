import { telemetryConfig } from '@phone82/telemetry';
import Type, { type Static } from 'typebox';

export const IdentityConfig = Type.Object({
  PHONE82_ENV: Type.Enum(['development', 'production'], {
    default: 'development',
    description: 'development or production; the embedded issuer refuses to start in production',
  }),
  PORT: Type.Integer({ default: 8088, minimum: 0, maximum: 65_535, description: 'where it listens' }),
  HOST: Type.String({ default: '127.0.0.1', description: 'the address it listens on, of this machine only' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
    default: 'info',
    description: 'trace, debug, info, warn, error or silent',
  }),
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://', description: 'its PostgreSQL database' }),
  DATABASE_POOL: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 200,
    description: 'connections to its database',
  }),
  GATEWAY_URL: Type.String({
    default: 'http://localhost:8080',
    pattern: '^https?://[^/]+$',
    description: 'the gateway as browsers address it, without a slash at the end',
  }),
  CLIENT_SECRET_FILE: Type.String({
    minLength: 1,
    description: "a file with the secret of the gateway's client",
  }),
  ADMIN_SECRET_FILE: Type.String({
    minLength: 1,
    description: 'a file with the secret that `./phone82 login` authenticates with',
  }),
  ...telemetryConfig,
});

export type IdentityConfig = Static<typeof IdentityConfig>;
