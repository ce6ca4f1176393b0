import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';

const own = (url: string) => ({ origin: url, 'x-phone82-request': '1' });
type Headers = Record<string, string>;
const attacks: readonly [attack: string, headers: (url: string) => Headers][] = [
  ['a form of another site', () => ({ origin: 'https://evil.example' })],
  ['a form whose origin is hidden', () => ({ origin: 'null' })],
  ['a fetch of another site', () => ({ origin: 'https://evil.example', 'x-phone82-request': '1' })],
  ['a page of the same host on another port', () => own('http://127.0.0.1:1')],
  ['a form of our own site', (url) => ({ origin: url })],
  ['a form of another site, by Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'cross-site' })],
  ['a subdomain, by Sec-Fetch-Site', () => ({ 'sec-fetch-site': 'same-site', 'x-phone82-request': '1' })],
  ['a client that says nothing of its origin', () => ({ 'x-phone82-request': '1' })],
  ['our own origin in an older browser, without the header', () => ({ 'sec-fetch-site': 'same-origin' })],
];

test('a session acts only for pages of its own origin', async (t) => {
  const { issuer, startCopy, seen } = await sessionSystem(t);
  const { url } = await startCopy();
  const browser = newBrowser(url);
  await browser.signIn(issuer);
  const cookie = `phone82=${browser.cookies.get('phone82')}`;
  for (const [attack, headers] of attacks)
    for (const [method, path] of [
      ['POST', '/orders'],
      ['PATCH', '/orders/1'],
      ['POST', '/session/sign-out'],
      ['POST', '/session/sign-out-everywhere'],
    ] as const) {
      const answer = await fetch(url + path, { method, headers: { cookie, ...headers(url) } });
      assert.deepEqual(
        await refusal(answer),
        [403, 'request-not-same-origin'],
        `${attack}: ${method} ${path}`,
      );
    }
  assert.equal(seen.length, 0);
  assert.equal((await browser.get('/session')).status, 200, 'the session goes on');
  const bySite = { 'sec-fetch-site': 'same-origin', 'x-phone82-request': '1' };
  for (const headers of [own(url), bySite])
    assert.equal(
      (await fetch(`${url}/orders`, { method: 'POST', headers: { cookie, ...headers } })).status,
      200,
    );
});

test('reads need no header, and clients with tokens of their own no origin', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const { url } = await startCopy();
  const browser = newBrowser(url);
  await browser.signIn(issuer);
  assert.equal((await browser.get('/orders', { origin: 'https://evil.example' })).status, 200);
  const bearer = await issuer.bearer();
  assert.equal((await fetch(`${url}/orders`, { method: 'POST', headers: bearer })).status, 200);
});

test('a cookie of no session is refused and cleared, for reads and writes, but not at sign-in', async (t) => {
  const { startCopy } = await sessionSystem(t);
  const { url } = await startCopy();
  for (const cookie of ['A'.repeat(43), 'short', ''])
    for (const method of ['GET', 'POST']) {
      const headers = { cookie: `phone82=${cookie}`, ...own(url) };
      const answer = await fetch(`${url}/orders`, { method, headers });
      assert.deepEqual(await refusal(answer), [401, 'not-signed-in']);
      assert.match(answer.headers.getSetCookie()[0] ?? '', /^phone82=; Max-Age=0; Path=\//);
    }
  const browser = newBrowser(url);
  browser.cookies.set('phone82', 'A'.repeat(43));
  assert.equal((await browser.get('/session/sign-in')).status, 303);
});
