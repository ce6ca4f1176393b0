import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { type Browser, newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';
import { shiftedClock } from './shifted-clock.ts';

/** Within this time a sign-out has reached every copy; what is passed on later acts for nobody. */
const EFFECTIVE_MS = 10_000;
const GONE = [401, 'not-signed-in'] as const;

async function twoBrowsers(t: Parameters<typeof sessionSystem>[0]) {
  const system = await sessionSystem(t);
  const clock = shiftedClock();
  const [here, there] = [await system.startCopy(clock), await system.startCopy(clock)];
  const phone = newBrowser(here.url);
  const laptop = newBrowser(here.url);
  await phone.signIn(system.issuer);
  await laptop.signIn(system.issuer);
  const elsewhere = (browser: Browser) => {
    const other = newBrowser(there.url);
    other.cookies.set('phone82', browser.cookies.get('phone82') ?? '');
    return other;
  };
  const phoneThere = elsewhere(phone);
  const laptopThere = elsewhere(laptop);
  for (const browser of [phone, laptop, phoneThere, laptopThere])
    assert.equal((await browser.get('/orders/1')).status, 200);
  return { ...system, clock, here, phone, laptop, phoneThere, laptopThere };
}

test('a sign-out ends this session alone, on every copy, and revokes its token', async (t) => {
  const { clock, phone, laptop, phoneThere, laptopThere, issuer } = await twoBrowsers(t);
  assert.equal((await phone.send('POST', '/session/sign-out')).status, 200);
  assert.deepEqual(await refusal(await phone.get('/session')), GONE);
  clock.pass(EFFECTIVE_MS);
  assert.deepEqual(await refusal(await phoneThere.get('/orders/1')), GONE);
  assert.equal((await laptop.get('/orders/1')).status, 200);
  assert.equal((await laptopThere.get('/orders/1')).status, 200);
  await eventually(() => assert.equal(issuer.revoked.length, 1));
});

test('a sign-out everywhere ends all sessions of the person, and nobody else’s', async (t) => {
  const { clock, here, phone, laptop, laptopThere, issuer } = await twoBrowsers(t);
  issuer.behaviour.subject = 'customer2';
  const other = newBrowser(here.url);
  await other.signIn(issuer);
  assert.equal((await phone.send('POST', '/session/sign-out-everywhere')).status, 200);
  assert.deepEqual(await refusal(await laptop.get('/orders/1')), GONE);
  clock.pass(EFFECTIVE_MS);
  assert.deepEqual(await refusal(await laptopThere.get('/orders/1')), GONE);
  assert.equal((await other.get('/orders/1')).status, 200);
});

const logout = (url: string, token: string) =>
  fetch(`${url}/session/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });

test('a logout token of the issuer ends the sessions that it names, once', async (t) => {
  const { clock, here, issuer, phone, phoneThere } = await twoBrowsers(t);
  const token = await issuer.logoutToken({ sub: 'customer', sid: issuer.sidOf('customer') });
  const answer = await logout(here.url, token);
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-store']);
  assert.deepEqual(await refusal(await phone.get('/orders/1')), GONE);
  clock.pass(EFFECTIVE_MS);
  assert.deepEqual(await refusal(await phoneThere.get('/orders/1')), GONE);
  await phone.signIn(issuer);
  assert.equal((await logout(here.url, token)).status, 400, 'the same token again');
  assert.equal((await phone.get('/orders/1')).status, 200);
  assert.equal((await logout(here.url, await issuer.logoutToken({ sub: 'customer' }))).status, 200);
  assert.deepEqual(await refusal(await phone.get('/orders/1')), GONE);
});

test('a logout token that is not what it has to be ends nothing', async (t) => {
  const { here, issuer, phone } = await twoBrowsers(t);
  const now = Math.floor(Date.now() / 1_000);
  const sub = 'customer';
  const forged = (await issuer.logoutToken({ sub })).split('.');
  const bad = {
    'of another issuer': await issuer.logoutToken({ sub, iss: 'https://evil.example' }),
    'for another client': await issuer.logoutToken({ sub, aud: 'another' }),
    'without the event': await issuer.logoutToken({ sub, events: {} }),
    'with a nonce': await issuer.logoutToken({ sub, nonce: 'n' }),
    'of nobody': await issuer.logoutToken({}),
    'of an hour ago': await issuer.logoutToken({ sub, iat: now - 3_600, exp: now + 60 }),
    'that has run out': await issuer.logoutToken({ sub, exp: now - 120 }),
    'without an id': await issuer.logoutToken({ sub, jti: undefined }),
    'of another kind': await issuer.logoutToken({ sub }, { typ: 'at+jwt' }),
    'by a key that the issuer does not have': await issuer.logoutToken({ sub }, { kid: 'k2' }),
    'without a signature': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged[1]}.`,
    'changed after it was signed': [forged[0], `${forged[1]}A`, forged[2]].join('.'),
    'that is none': 'x',
  };
  for (const [which, token] of Object.entries(bad))
    assert.deepEqual(await refusal(await logout(here.url, token)), [400, 'request-invalid'], which);
  assert.equal((await phone.get('/orders/1')).status, 200);
  const empty = await fetch(`${here.url}/session/backchannel-logout`, { method: 'POST' });
  assert.equal(empty.status, 400);
});
