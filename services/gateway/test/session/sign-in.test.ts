import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { newBrowser } from './browser.ts';
import { sessionSystem } from './session-system.ts';

const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

test('signs in, acts by the token of the session, and signs out', async (t) => {
  const system = await sessionSystem(t);
  const { url } = await system.startCopy();
  const browser = newBrowser(url);
  assert.equal(await codeOf(await browser.get('/session')), 'not-signed-in');
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
  assert.equal(await codeOf(await thief.get('/orders/1')), 'not-signed-in');
  assert.equal(thief.cookies.has('phone82'), false, 'a dead cookie is cleared');
  assert.equal(system.seen.length, 1);
});
