import Type from 'typebox';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The part of the gateway's configuration that concerns browser sessions. Without an issuer there are none. */
export const sessionConfig = {
  OIDC_CLIENT_ID: Type.String({
    default: 'phone82-gateway',
    minLength: 1,
    description: 'the client id of the gateway at the issuer',
  }),
  OIDC_CLIENT_SECRET: Type.Optional(
    Type.String({ description: 'the client secret of the gateway', writeOnly: true }),
  ),
  OIDC_CLIENT_SECRET_FILE: Type.Optional(
    Type.String({ description: 'a file with the client secret; wins over OIDC_CLIENT_SECRET' }),
  ),
  OIDC_SCOPE: Type.String({
    default: 'openid profile',
    pattern: '^openid( [!-~]+)*$',
    description: 'the scopes asked for at sign-in; some issuers give refresh tokens for offline_access only',
  }),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'the PostgreSQL database of the sessions' }),
  ),
  DATABASE_POOL: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 200,
    description: 'connections to the database',
  }),
  MIGRATE_AT_START: Type.Boolean({
    default: true,
    description: 'false: a process of its own brings the schema up to date before',
  }),
  SESSION_KEY: Type.Optional(
    Type.String({
      description:
        'keys of 32 bytes in base64 that encrypt tokens, separated by commas; the first one encrypts',
      writeOnly: true,
    }),
  ),
  SESSION_KEY_FILE: Type.Optional(
    Type.String({ description: 'a file with the keys, one a line; wins over SESSION_KEY' }),
  ),
  SESSION_IDLE_MINUTES: Type.Integer({
    default: 30,
    minimum: 2,
    maximum: 1_440,
    description: 'a session ends after this time without a request',
  }),
  SESSION_HOURS: Type.Integer({
    default: 12,
    minimum: 1,
    maximum: 720,
    description: 'a session ends this long after sign-in',
  }),
  SIGN_IN_REQUESTS_PER_MINUTE: Type.Integer({
    default: 60,
    minimum: 1,
    description: 'requests to /session/sign-in and /session/callback from one address',
  }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/\\s?#]+$',
      description: 'the address under which browsers see the gateway, without a path',
    }),
  ),
};

export interface SessionTimes {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

export const sessionTimes = (config: {
  readonly SESSION_IDLE_MINUTES: number;
  readonly SESSION_HOURS: number;
}): SessionTimes => ({
  idleMs: config.SESSION_IDLE_MINUTES * MINUTE_MS,
  absoluteMs: config.SESSION_HOURS * HOUR_MS,
});
