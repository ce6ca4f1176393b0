import type { Environment, Log } from '@phone82/runtime';
import { type Configuration, Provider } from 'oidc-provider';
import { claimsOf } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { SigningKey } from '../keys/issuer-keys.ts';
import { renderError, renderSignedOut, renderSignOut } from '../pages/provider-pages.ts';
import type { IdentityDatabase } from '../tables.ts';
import { clientsOf } from './clients.ts';
import { endWithoutScript } from './end-without-script.ts';
import { GRANT_LIFE_S, grantFor, REFRESH_TOKEN_LIFE_S } from './grants.ts';
import { signInPolicy } from './interactions.ts';
import { recordAdapter } from './record-adapter.ts';
import { ACCESS_TOKEN_LIFE_S, RESOURCE, resourceServer } from './resource.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly gatewayUrl: string;
  readonly clientSecret: string;
  readonly database: IdentityDatabase;
  readonly accounts: Accounts;
  readonly signingKeys: readonly SigningKey[];
  readonly cookieKeys: readonly string[];
  readonly environment: Environment;
  readonly log: Log;
}

/** The OpenID Connect provider of this machine. */
export function createProvider(options: ProviderOptions): Provider {
  const provider = new Provider(options.issuer, configurationOf(options));
  const { log } = options;
  provider.on('server_error', (_ctx, err) => log.error({ err }, 'the provider failed'));
  provider.on('backchannel.error', (_ctx, err) =>
    log.warn({ err }, 'the gateway was not told of a sign-out'),
  );
  provider.use(endWithoutScript);
  return provider;
}

const configurationOf = (options: ProviderOptions): Configuration => ({
  adapter: recordAdapter(options.database, options.environment),
  clients: clientsOf(options.gatewayUrl, options.clientSecret),
  jwks: { keys: [...options.signingKeys] },
  cookies: cookiesOf(options),
  interactions: { policy: signInPolicy(), url: (_ctx, { uid }) => `/interaction/${uid}` },
  pkce: { required: () => true },
  responseTypes: ['code'],
  clientAuthMethods: ['client_secret_post', 'none'],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  features: featuresOf(options),
  loadExistingGrant: grantFor,
  rotateRefreshToken: false,
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  renderError: renderError(options.gatewayUrl),
  fetch: fetchFrom(options.gatewayUrl),
  ttl: lives,
  ...whatTokensSay(options.accounts),
});

/** The provider refuses to call loopback addresses. The gateway, the only one that it calls, is at one. */
const fetchFrom =
  (gatewayUrl: string): Configuration['fetch'] =>
  (url, { method, headers, body, redirect, signal } = {}) => {
    const address = new URL(String(url));
    if (address.origin !== gatewayUrl) throw new Error(`the issuer calls the gateway only, not ${address}`);
    return fetch(address, { method, headers, body, redirect, signal });
  };

const lives: Configuration['ttl'] = {
  AccessToken: ACCESS_TOKEN_LIFE_S,
  IdToken: ACCESS_TOKEN_LIFE_S,
  AuthorizationCode: 60,
  Interaction: 15 * 60,
  RefreshToken: REFRESH_TOKEN_LIFE_S,
  Session: REFRESH_TOKEN_LIFE_S,
  Grant: GRANT_LIFE_S,
};

const featuresOf = ({ gatewayUrl }: ProviderOptions): Configuration['features'] => ({
  devInteractions: { enabled: false },
  backchannelLogout: { enabled: true },
  revocation: { enabled: true },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  userinfo: { enabled: false },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: renderSignOut(gatewayUrl),
    postLogoutSuccessSource: renderSignedOut(gatewayUrl),
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => RESOURCE,
    useGrantedResource: () => true,
    getResourceServerInfo: () => resourceServer,
  },
});

/** Browsers share cookies among the ports of a host: the names tell two systems on one machine apart. */
function cookiesOf({ issuer, cookieKeys }: ProviderOptions): Configuration['cookies'] {
  const prefix = `phone82-issuer-${new URL(issuer).port}`;
  return {
    keys: [...cookieKeys],
    names: { session: prefix, interaction: `${prefix}-interaction`, resume: `${prefix}-resume` },
    long: { httpOnly: true, sameSite: 'lax', signed: true },
    short: { httpOnly: true, sameSite: 'lax', signed: true },
  };
}

const whatTokensSay = (accounts: Accounts) =>
  ({
    claims: { openid: ['sub', 'roles', 'agency'], profile: ['name', 'name#en'] },
    findAccount: async (_ctx, sub) => {
      const account = await accounts.find(sub);
      return account && { accountId: sub, claims: async () => ({ sub, ...claimsOf(account) }) };
    },
    extraTokenClaims: async (_ctx, token) => {
      const account =
        'accountId' in token && token.accountId ? await accounts.find(token.accountId) : undefined;
      return account && claimsOf(account);
    },
  }) satisfies Configuration;
