import type { ClientMetadata } from 'oidc-provider';

/** `./phone82 login ROLE --token` gets its tokens in this name; it can start no sign-in. */
export const TERMINAL_CLIENT = 'phone82-terminal';

/** The clients of this issuer. */
export const clientsOf = (gatewayUrl: string, secret: string): ClientMetadata[] => [
  {
    client_id: 'phone82-gateway',
    client_secret: secret,
    client_name: 'phone82',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${gatewayUrl}/session/callback`],
    post_logout_redirect_uris: [`${gatewayUrl}/`],
    backchannel_logout_uri: `${gatewayUrl}/session/backchannel-logout`,
    backchannel_logout_session_required: true,
    id_token_signed_response_alg: 'ES256',
  },
  {
    client_id: TERMINAL_CLIENT,
    token_endpoint_auth_method: 'none',
    grant_types: [],
    response_types: [],
    redirect_uris: [],
    id_token_signed_response_alg: 'ES256',
  },
];
