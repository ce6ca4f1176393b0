import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { authorizationCodeGrant, buildEndSessionUrl, refreshTokenGrant } from 'openid-client';
import { authorizationRequest } from './authorization-request.ts';
import { openBrowser } from './browser.ts';
import { type IssuerUnderTest, startIssuer } from './issuer-under-test.ts';

let issuer: IssuerUnderTest;
let gatewayUrl: string;
const logoutTokens: string[] = [];
const gateway = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  logoutTokens.push(new URLSearchParams(text).get('logout_token') ?? '');
  response.end();
});
before(async () => {
  await once(gateway.listen(0, '127.0.0.1'), 'listening');
  gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  issuer = await startIssuer({ gatewayUrl });
});
after(async () => {
  gateway.close();
  await issuer.stop();
});

async function signIn() {
  const client = await issuer.discover();
  const browser = openBrowser(issuer.url);
  const login_hint = `ticket:${await issuer.ticketFor('customer')}`;
  const redirect_uri = `${gatewayUrl}/session/callback`;
  const request = await authorizationRequest(client, { login_hint, redirect_uri });
  const { url } = await browser.open(request.url);
  return { client, browser, tokens: await request.redeem(url) };
}

test('a sign-out at the issuer asks without a script, tells the gateway, ends the tokens and goes back', async () => {
  const { client, browser, tokens } = await signIn();
  const end = buildEndSessionUrl(client, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: `${gatewayUrl}/`,
    ui_locales: 'en',
  });
  const { answer } = await browser.open(end);
  const html = (await answer?.text()) ?? '';
  assert.match(html, /Sign out\?/);
  assert.doesNotMatch(html, /<script/);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const { url } = await browser.open(new URL('/session/end/confirm', issuer.url), {
    method: 'POST',
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  assert.equal(url.href, `${gatewayUrl}/`);
  const { payload } = await jwtVerify(
    logoutTokens.at(-1) ?? '',
    createRemoteJWKSet(new URL(`${issuer.url}/jwks`)),
    { issuer: issuer.url, audience: 'phone82-gateway', typ: 'logout+jwt' },
  );
  assert.equal(payload.sub, 'customer');
  assert.equal(payload.sid, tokens.claims()?.sid);
  await assert.rejects(refreshTokenGrant(client, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('a sign-out never goes on to an address that is not registered', async () => {
  const { client, browser, tokens } = await signIn();
  const end = buildEndSessionUrl(client, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: 'http://evil.example/',
  });
  assert.equal((await browser.open(end)).answer?.status, 400);
});

test('a callback for another client is refused', async () => {
  const { client } = await signIn();
  await assert.rejects(
    authorizationCodeGrant(client, new URL(`${gatewayUrl}/session/callback?code=unknown&iss=${issuer.url}`), {
      pkceCodeVerifier: 'x'.repeat(43),
    }),
    { error: 'invalid_grant' },
  );
});
