import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { randomPKCECodeVerifier, refreshTokenGrant, tokenRevocation } from 'openid-client';
import { authorizationRequest } from './authorization-request.ts';
import { openBrowser } from './browser.ts';
import { CALLBACK, type IssuerUnderTest, startIssuer } from './issuer-under-test.ts';

let issuer: IssuerUnderTest;
before(async () => {
  issuer = await startIssuer();
});
after(() => issuer.stop());

const verified = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${issuer.url}/jwks`)), {
    issuer: issuer.url,
    audience: 'phone82',
    typ: 'at+jwt',
    algorithms: ['ES256'],
  });

async function signIn(person: string, browser = openBrowser(issuer.url)) {
  const client = await issuer.discover();
  const ticket = await issuer.ticketFor(person);
  const request = await authorizationRequest(client, { login_hint: `ticket:${ticket}` });
  const { url } = await browser.open(request.url);
  return { client, ticket, tokens: await request.redeem(url), browser };
}

test('a one-time link signs a person in, and the tokens name subject, roles and agency', async () => {
  const { tokens } = await signIn('agency');
  const { payload, protectedHeader } = await verified(tokens.access_token);
  assert.equal(protectedHeader.typ, 'at+jwt');
  assert.equal(payload.sub, 'agency');
  assert.deepEqual(payload.roles, ['agency']);
  assert.equal(payload.agency, 'main');
  assert.equal(payload.name, '박대리');
  assert.equal(payload.client_id, 'phone82-gateway');
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 30 * 60);
  assert.match(String(payload.jti), /^\S{20,}$/);
  assert.equal(tokens.claims()?.sub, 'agency');
  assert.deepEqual(tokens.claims()?.roles, ['agency']);
  assert.ok(tokens.claims()?.sid);
  assert.ok(tokens.refresh_token);
});

test('a customer has no agency', async () => {
  const { payload } = await verified((await signIn('customer2')).tokens.access_token);
  assert.deepEqual(payload.roles, ['customer']);
  assert.equal('agency' in payload, false);
});

test('20 refreshes at once all succeed, and the refresh token stays valid', async () => {
  const { client, tokens } = await signIn('customer');
  const refresh = () => refreshTokenGrant(client, tokens.refresh_token ?? '');
  const refreshed = await Promise.all(Array.from({ length: 20 }, refresh));
  for (const { access_token } of refreshed)
    assert.equal((await verified(access_token)).payload.sub, 'customer');
  assert.ok((await refresh()).access_token);
});

test('a revoked refresh token gives no further tokens', async () => {
  const { client, tokens } = await signIn('customer');
  await tokenRevocation(client, tokens.refresh_token ?? '');
  await assert.rejects(refreshTokenGrant(client, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('the secret of a link is nowhere in the database once it is used', async () => {
  const { ticket } = await signIn('customer');
  const rows = await issuer.kysely.selectFrom('tickets').select('secret_hash').execute();
  assert.ok(
    rows.some(({ secret_hash }) => secret_hash === createHash('sha256').update(ticket).digest('hex')),
  );
  const records = await issuer.kysely.selectFrom('oidc_records').selectAll().execute();
  assert.equal(JSON.stringify([rows, records]).includes(ticket), false);
});

async function openLink(ticket: string) {
  const request = await authorizationRequest(await issuer.discover(), { login_hint: `ticket:${ticket}` });
  const { answer } = await openBrowser(issuer.url).open(request.url);
  return { status: answer?.status, text: await answer?.text() };
}

test('a link that was used shows the sign-in page and names the command for a new one', async () => {
  const { ticket } = await signIn('operator');
  const { status, text } = await openLink(ticket);
  assert.equal(status, 400);
  assert.match(text ?? '', /\.\/phone82 login ROLE/);
  assert.match(text ?? '', /role="alert"/);
});

test('an expired link signs nobody in', async () => {
  const ticket = await issuer.ticketFor('operator');
  issuer.skip(10 * 60_000);
  assert.equal((await openLink(ticket)).status, 400);
});

test('of ten requests that redeem a link at once, one signs in', async () => {
  const ticket = await issuer.ticketFor('operator');
  const opened = await Promise.all(Array.from({ length: 10 }, () => openLink(ticket)));
  assert.equal(opened.filter(({ status }) => status === undefined).length, 1);
});

test('a link signs its own person in, whoever was signed in before in this browser', async () => {
  const { browser, client, tokens } = await signIn('customer');
  const { tokens: next } = await signIn('operator', browser);
  assert.equal(next.claims()?.sub, 'operator');
  await assert.rejects(refreshTokenGrant(client, tokens.refresh_token ?? ''), { error: 'invalid_grant' });
});

test('a person who is signed in needs no page for a further sign-in', async () => {
  const { browser, client } = await signIn('customer');
  const request = await authorizationRequest(client);
  const { url } = await browser.open(request.url);
  assert.equal((await request.redeem(url)).claims()?.sub, 'customer');
});

async function codeFor(person: string) {
  const client = await issuer.discover();
  const hint = `ticket:${await issuer.ticketFor(person)}`;
  const request = await authorizationRequest(client, { login_hint: hint });
  return { request, callback: (await openBrowser(issuer.url).open(request.url)).url };
}

test('a wrong PKCE verifier gets no tokens', async () => {
  const { request, callback } = await codeFor('customer');
  await assert.rejects(request.redeem(callback, randomPKCECodeVerifier()), { error: 'invalid_grant' });
});

test('of five requests that redeem a code at once, at most one gets tokens', async () => {
  const { request, callback } = await codeFor('customer');
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => request.redeem(callback)));
  assert.ok(outcomes.filter(({ status }) => status === 'fulfilled').length <= 1);
});

test('a request without PKCE is refused', async () => {
  const { url } = await authorizationRequest(await issuer.discover());
  url.searchParams.delete('code_challenge');
  url.searchParams.delete('code_challenge_method');
  const { url: back } = await openBrowser(issuer.url).open(url);
  assert.equal(back.searchParams.get('error'), 'invalid_request');
});

test('a redirect URI of somebody else is answered with a page and never followed', async () => {
  const { url } = await authorizationRequest(await issuer.discover());
  for (const uri of [
    'http://evil.example/session/callback',
    `${CALLBACK}/more`,
    'http://localhost:9999/session/callback',
  ]) {
    url.searchParams.set('redirect_uri', uri);
    const { url: last, answer } = await openBrowser(issuer.url).open(url);
    assert.equal(answer?.status, 400, uri);
    assert.equal(last.pathname, '/auth');
    assert.match((await answer?.text()) ?? '', /redirect_uri/);
  }
});
