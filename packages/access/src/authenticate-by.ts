import { type AccessConfig, isLocalDemo, type ServiceKeyConfig } from './access-config.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { serviceKeysFile, serviceTokens } from './service-tokens.ts';
import { trustedAddresses } from './trusted-addresses.ts';
import { userTokens } from './user-tokens.ts';

interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: { warn(fields: object, message: string): void };
}

/**
 * Tells callers apart as the settings say.
 * @param name of the service that is called: the audience of other services' tokens.
 */
export function authenticateBy(
  name: string,
  config: AccessConfig & Partial<ServiceKeyConfig> & { readonly HOST: string },
  { now, log }: Surroundings,
): Authenticate {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, SERVICE_KEYS_FILE: keysFile } = config;
  return createAuthenticate({
    users:
      issuer && audience
        ? userTokens({
            issuer,
            audience,
            jwksUrl: config.OIDC_JWKS_URL,
            type: config.OIDC_TOKEN_TYPE,
            claims: { roles: config.OIDC_ROLES_CLAIM, agency: config.OIDC_AGENCY_CLAIM },
            now,
            onFailure: (error) => log.warn({ why: error.message }, "the issuer's keys could not be fetched"),
          })
        : undefined,
    services: keysFile ? serviceTokens(name, serviceKeysFile(keysFile, now), now) : undefined,
    localDemo: isLocalDemo(config),
    isTrusted: trustedAddresses(config.TRUSTED_SERVICE_ADDRESSES ?? ''),
  });
}
