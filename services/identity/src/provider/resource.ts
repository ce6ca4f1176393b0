import type { ResourceServer } from 'oidc-provider';

export const ACCESS_TOKEN_LIFE_S = 30 * 60;

/** A resource indicator has to be a URI; the audience is what the services verify. */
export const RESOURCE = 'urn:phone82:api';

/** The API that access tokens are for. */
export const resourceServer: ResourceServer = {
  audience: 'phone82',
  scope: '',
  accessTokenFormat: 'jwt',
  accessTokenTTL: ACCESS_TOKEN_LIFE_S,
  jwt: { sign: { alg: 'ES256' } },
};
