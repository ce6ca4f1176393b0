import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';

test('signs in, acts by the token of the session, and signs out', async (t) => {
  const system = await sessionSystem(t);
  const { url } = await system.startCopy();
  const browser = newBrowser(url);
  assert.deepEqual(await refusal(await browser.get('/session')), [401, 'not-signed-in']);
  assert.equal(await browser.signIn(system.issuer, '/orders/7?x=1#end'), '/orders/7?x=1#end');
  const session = (await (await browser.get('/session')).json()) as Record<string, unknown>;
  const { expiresAt, ...person } = session;
  assert.deepEqual(person, { subject: 'customer', name: 'Kim', roles: ['customer'], agency: null });
  const hours = (Date.parse(String(expiresAt)) - Date.now()) / 3_600_000;
  assert.ok(hours > 11.9 && hours <= 12, String(expiresAt));

  browser.cookies.set('other', 'x');
  const answer = await browser.get('/orders/1');
  assert.deepEqual([answer.status, answer.headers.getSetCookie()], [200, []]);
  const { authorization = '', cookie } = system.seen[0]?.headers ?? {};
  assert.equal(cookie, undefined);
  assert.equal(decodeJwt(authorization.slice('Bearer '.length)).sub, 'customer');

  const stolen = new Map(browser.cookies);
  const signedOut = await browser.send('POST', '/session/sign-out');
  const { endSessionUrl } = (await signedOut.json()) as { endSessionUrl: string };
  assert.match(endSessionUrl, /\/sign-out\?.*post_logout_redirect_uri=/);
  assert.equal(browser.cookies.has('phone82'), false);
  const thief = newBrowser(url);
  for (const [name, value] of stolen) thief.cookies.set(name, value);
  assert.deepEqual(await refusal(await thief.get('/orders/1')), [401, 'not-signed-in']);
  assert.equal(thief.cookies.has('phone82'), false, 'a dead cookie is cleared');
  assert.equal(system.seen.length, 1);
});

test('asks the issuer with PKCE, state and nonce, and hands a one-time ticket on', async (t) => {
  const system = await sessionSystem(t);
  const { url } = await system.startCopy();
  const answer = await newBrowser(url).get('/session/sign-in?ticket=once-42');
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [303, 'no-store']);
  const asked = Object.fromEntries(new URL(answer.headers.get('location') ?? '').searchParams);
  assert.deepEqual(
    [asked.response_type, asked.code_challenge_method, asked.client_id, asked.login_hint, asked.redirect_uri],
    ['code', 'S256', 'phone82-gateway', 'ticket:once-42', `${url}/session/callback`],
  );
  for (const name of ['code_challenge', 'state', 'nonce']) assert.ok((asked[name] ?? '').length >= 43, name);
});

const openRedirects = ['//evil.example', '/\\evil.example', 'https://evil.example/', '/\t/evil.example', 'x'];
for (const returnTo of openRedirects)
  test(`a sign-in that is to end at ${JSON.stringify(returnTo)} ends at /`, async (t) => {
    const system = await sessionSystem(t);
    const { url } = await system.startCopy();
    assert.equal(await newBrowser(url).signIn(system.issuer, returnTo), '/');
  });

test('several tabs sign in at the same time, each with its own way back', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  const tabs = ['/a', '/b', '/c'];
  const begun: URL[] = [];
  for (const tab of tabs) {
    const answer = await browser.get(`/session/sign-in?returnTo=${tab}`);
    begun.push(issuer.signIn(answer.headers.get('location') ?? ''));
  }
  for (const [index, back] of begun.entries()) {
    const answer = await browser.get(back.pathname + back.search);
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, tabs[index]]);
  }
  assert.deepEqual([...browser.cookies.keys()], ['phone82']);
});

test('a browser keeps no more than five sign-ins that it did not finish', async (t) => {
  const { startCopy } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  for (let tab = 0; tab < 9; tab += 1) await browser.get('/session/sign-in');
  assert.equal(browser.cookies.size, 5);
});

test('a callback that this browser did not ask for signs nobody in', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const { url } = await startCopy();
  const victim = newBrowser(url);
  const attacker = newBrowser(url);
  const begun = await attacker.get('/session/sign-in');
  const back = issuer.signIn(begun.headers.get('location') ?? '');
  const answer = await victim.get(back.pathname + back.search);
  assert.deepEqual(await refusal(answer), [401, 'not-signed-in']);
  assert.equal(victim.cookies.size, 0);
});

test('a code counts once, and for the tab whose verifier it was asked with', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  const [first, second] = [await browser.get('/session/sign-in'), await browser.get('/session/sign-in')];
  const back = issuer.signIn(first.headers.get('location') ?? '');
  const other = issuer.signIn(second.headers.get('location') ?? '');
  back.searchParams.set('code', other.searchParams.get('code') ?? '');
  assert.deepEqual(await refusal(await browser.get(back.pathname + back.search)), [401, 'not-signed-in']);
  assert.deepEqual(await refusal(await browser.get(back.pathname + back.search)), [401, 'not-signed-in']);
  assert.equal(browser.cookies.has('phone82'), false);
});

test('an ID token with another nonce signs nobody in', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  issuer.behaviour.wrongNonce = true;
  await assert.rejects(browser.signIn(issuer), /ended with 401/);
  assert.equal(browser.cookies.has('phone82'), false);
});

test('a session id that the browser brought along is not taken over, and a live one ends', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const { url } = await startCopy();
  const browser = newBrowser(url);
  const planted = 'A'.repeat(43);
  browser.cookies.set('phone82', planted);
  await browser.signIn(issuer);
  const first = browser.cookies.get('phone82') ?? '';
  assert.match(first, /^[\w-]{43}$/);
  assert.notEqual(first, planted);
  await browser.signIn(issuer);
  assert.notEqual(browser.cookies.get('phone82'), first);
  const old = newBrowser(url);
  old.cookies.set('phone82', first);
  assert.deepEqual(await refusal(await old.get('/session')), [401, 'not-signed-in']);
});

test('a person who declines at the issuer gets a page in their language', async (t) => {
  const { startCopy, issuer } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url, { accept: 'text/html', 'accept-language': 'ko' });
  const begun = await browser.get('/session/sign-in');
  const back = issuer.signIn(begun.headers.get('location') ?? '');
  back.searchParams.delete('code');
  back.searchParams.set('error', 'access_denied');
  const answer = await browser.get(back.pathname + back.search);
  assert.equal(answer.status, 401);
  const page = await answer.text();
  assert.match(page, /로그인하지 못했습니다/);
  assert.match(page, /href="\/session\/sign-in"/);
});

test('without an issuer there are no sessions, and a cookie means nothing', async (t) => {
  const { startCopy, seen } = await sessionSystem(t);
  const { url } = await startCopy({ env: { OIDC_ISSUER: '', DATABASE_URL: '' } });
  const browser = newBrowser(url);
  assert.deepEqual(await refusal(await browser.get('/session')), [401, 'not-signed-in']);
  assert.equal((await browser.get('/session/sign-in')).status, 404);
  browser.cookies.set('phone82', 'A'.repeat(43));
  assert.equal((await browser.get('/orders/1')).status, 200);
  assert.deepEqual([seen[0]?.headers.cookie, seen[0]?.headers.authorization], [undefined, undefined]);
});
