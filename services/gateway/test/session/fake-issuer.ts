import { randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { textOf } from '../system.ts';
import {
  CLIENT,
  createGrants,
  createSigner,
  type IssuerBehaviour,
  type Sign,
  seconds,
} from './issuer-grants.ts';

export interface FakeIssuer {
  readonly url: string;
  readonly behaviour: IssuerBehaviour;
  /** Every refresh token that was used, in order. */
  readonly refreshes: readonly string[];
  readonly revoked: readonly string[];
  /** Every token that was ever given. */
  readonly given: readonly string[];
  /** What a browser does at the issuer: signs in and is sent back to the gateway. */
  signIn(authorizationUrl: string): URL;
  /** The `Authorization` of a client with an access token of its own. */
  bearer(): Promise<{ readonly authorization: string }>;
  logoutToken(claims: object, header?: Readonly<Record<string, string>>): Promise<string>;
  /** Refuses every refresh token that it gave. */
  forgetGrants(): void;
  /** The session at the issuer. */
  sidOf(subject: string): string;
}

/** A small OpenID Connect issuer: authorization code with PKCE, client authentication, rotated refresh tokens. */
export async function startFakeIssuer(t: Pick<TestContext, 'after'>): Promise<FakeIssuer> {
  const behaviour = { ...usual };
  let url = '';
  const { jwk, sign } = await createSigner(() => url);
  const grants = createGrants(sign, behaviour);
  const revoked: string[] = [];
  const sids = new Map<string, string>();
  url = await serve(t, async (request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (behaviour.down) return request.socket.destroy();
    if (request.url === '/.well-known/openid-configuration') return send(200, metadataOf(url));
    if (request.url === '/jwks') return send(200, { keys: [jwk] });
    const form = new URLSearchParams(await textOf(request));
    if (!isClient(request)) return send(401, { error: 'invalid_client' });
    if (request.url === '/revoke') {
      revoked.push(form.get('token') ?? '');
      grants.revoke(form.get('token') ?? '');
      return send(200, {});
    }
    if (behaviour.slowMs > 0) await new Promise((over) => setTimeout(over, behaviour.slowMs));
    const granted = await grants.exchange(form);
    return granted ? send(200, granted) : send(400, { error: 'invalid_grant' });
  });
  return {
    ...{ url, behaviour, revoked, refreshes: grants.refreshes, given: grants.given },
    bearer: () => bearerBy(sign),
    signIn: (authorizationUrl) => {
      const asked = Object.fromEntries(new URL(authorizationUrl).searchParams);
      const { subject } = behaviour;
      const sid = sids.get(subject) ?? randomUUID();
      sids.set(subject, sid);
      const {
        redirect_uri: redirectUri = '',
        nonce = '',
        code_challenge: challenge = '',
        state = '',
      } = asked;
      const code = grants.newCode({ subject, sid, nonce, challenge, redirectUri });
      return new URL(`${redirectUri}?${new URLSearchParams({ code, state, iss: url })}`);
    },
    logoutToken: (claims, header = { typ: 'logout+jwt' }) => {
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
      return sign({ aud: CLIENT.id, exp: seconds() + 120, events, ...claims }, header);
    },
    forgetGrants: grants.forget,
    sidOf: (subject) => sids.get(subject) ?? '',
  };
}

const usual: IssuerBehaviour = {
  ...{ subject: 'customer', roles: ['customer'], name: 'Kim', expiresIn: 1_800 },
  ...{ down: false, wrongNonce: false, slowMs: 0 },
};

async function serve(
  t: Pick<TestContext, 'after'>,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
): Promise<string> {
  const server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `client_secret_basic`: both parts are form-encoded before they are joined. */
function isClient({ headers }: IncomingMessage): boolean {
  const [id = '', secret = ''] = Buffer.from((headers.authorization ?? '').slice('Basic '.length), 'base64')
    .toString()
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  return id === CLIENT.id && secret === CLIENT.secret;
}

const metadataOf = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/auth`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  revocation_endpoint: `${url}/revoke`,
  end_session_endpoint: `${url}/sign-out`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  authorization_response_iss_parameter_supported: true,
  code_challenge_methods_supported: ['S256'],
});

async function bearerBy(sign: Sign): Promise<{ readonly authorization: string }> {
  const claims = { sub: 'client', aud: 'phone82', exp: seconds() + 300, roles: ['customer'] };
  return { authorization: `Bearer ${await sign(claims, { typ: 'at+jwt' })}` };
}
