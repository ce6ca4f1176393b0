import { ConfigError } from '@phone82/runtime';
import Type, { type Static } from 'typebox';

/** What a service has to know to tell who sends a request. */
export const accessConfig = {
  PHONE82_ENV: Type.Enum(['development', 'production'], {
    default: 'development',
    description: 'production: local demo mode is off, and missing settings stop the start',
  }),
  OIDC_ISSUER: Type.String({
    default: '',
    pattern: '^(|https://[^\\s?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?(/[^\\s?#]*)?)$',
    description:
      'The OpenID Connect issuer whose access tokens count: https, or http on loopback; empty: none',
  }),
  OIDC_AUDIENCE: Type.String({ default: '', description: 'The audience that access tokens have to name' }),
  OIDC_JWKS_URL: Type.String({
    default: '',
    pattern: '^(https?://.+)?$',
    description: "The issuer's signing keys; found by discovery if empty",
  }),
  OIDC_ROLES_CLAIM: Type.String({
    default: 'roles',
    minLength: 1,
    description: 'The claim with the roles: a name, or a path such as realm_access.roles',
  }),
  OIDC_AGENCY_CLAIM: Type.String({
    default: 'agency',
    minLength: 1,
    description: 'The claim with the agency that an agency person works for',
  }),
  OIDC_TOKEN_TYPE: Type.String({
    default: 'at+jwt',
    description: 'The typ of access tokens (RFC 9068); JWT for issuers that do not set it',
  }),
} as const;

const schema = Type.Object(accessConfig);
export type AccessConfig = Static<typeof schema>;

/** What a service calls others with, and knows callers by. */
export const serviceKeyConfig = {
  SERVICE_KEY_FILE: Type.String({
    default: '',
    description: 'The private Ed25519 key (JWK) that signs calls to other services',
  }),
  SERVICE_KEYS_FILE: Type.String({
    default: '',
    description:
      'The public keys of the services (JSON: a list of JWKs for each name); read again when it changes',
  }),
  TRUSTED_SERVICE_ADDRESSES: Type.String({
    default: '',
    description:
      'Addresses or networks (CIDR) from which Java services may call without a token; empty: none',
  }),
} as const;

const keySchema = Type.Object(serviceKeyConfig);
export type ServiceKeyConfig = Static<typeof keySchema>;

/**
 * Whether tokenless requests of this machine act as the demo customer: only where nothing listens beyond loopback, and not in
 * production.
 */
export function isLocalDemo(config: Pick<AccessConfig, 'PHONE82_ENV'> & { readonly HOST: string }): boolean {
  return config.PHONE82_ENV !== 'production' && isLoopbackHost(config.HOST);
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/**
 * Refuses to start a service that could not tell callers apart.
 * @throws ConfigError that names each missing setting.
 */
export function requireAccess(
  config: AccessConfig & { readonly HOST: string },
  needed: readonly string[] = [],
): void {
  if (isLocalDemo(config)) return;
  const settings = config as Readonly<Record<string, unknown>>;
  const why =
    config.PHONE82_ENV === 'production'
      ? 'PHONE82_ENV=production'
      : `HOST=${config.HOST} is reached from outside`;
  const missing = ['OIDC_ISSUER', 'OIDC_AUDIENCE', ...needed].filter((key) => !settings[key]);
  if (missing.length > 0) throw new ConfigError(missing.map((key) => `${key} is missing: ${why} needs it`));
}
