import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';

test('behind https the cookies are secure and bound to the host', async (t) => {
  const { issuer, startCopy, seen } = await sessionSystem(t);
  const { url } = await startCopy({ env: { TRUST_PROXY: 'loopback' } });
  const browser = newBrowser(url, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' });
  await browser.signIn(issuer);
  for (const line of browser.setCookies) {
    assert.match(line, /^__Host-phone82/);
    for (const attribute of [/; HttpOnly/, /; SameSite=Lax/, /; Path=\//, /; Secure/])
      assert.match(line, attribute);
    assert.doesNotMatch(line, /Domain/i);
  }
  assert.equal((await browser.get('/orders/1')).status, 200);
  assert.match(seen[0]?.headers.authorization ?? '', /^Bearer /);
});

test('by PUBLIC_URL the cookies are secure, whatever the request came by', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const { url } = await startCopy({ env: { PUBLIC_URL: 'https://shop.example' } });
  const browser = newBrowser(url);
  await browser.signIn(issuer);
  assert.deepEqual([...browser.cookies.keys()], ['__Host-phone82']);
});

test('by plain http on loopback the cookie has neither prefix nor Secure', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  await browser.signIn(issuer);
  const line = browser.setCookies.at(-1) ?? '';
  assert.match(line, /^phone82=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
});

test('by plain http from another machine nobody signs in', async (t) => {
  const { startCopy } = await sessionSystem(t);
  const { url } = await startCopy({ env: { TRUST_PROXY: 'loopback' } });
  const browser = newBrowser(url, { 'x-forwarded-host': 'shop.example' });
  assert.deepEqual(await refusal(await browser.get('/session/sign-in')), [400, 'request-invalid']);
});

test('a token of the client wins over its cookie', async (t) => {
  const { issuer, startCopy, seen } = await sessionSystem(t);
  const browser = newBrowser((await startCopy()).url);
  await browser.signIn(issuer);
  const bearer = await issuer.bearer();
  assert.equal((await browser.get('/orders/1', bearer)).status, 200);
  assert.equal(seen[0]?.headers.authorization, bearer.authorization);
  assert.equal(seen[0]?.headers.cookie, undefined);
});
