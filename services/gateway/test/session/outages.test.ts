import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, startCuttableProxy } from '@phone82/testkit';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';
import { MINUTE_MS, shiftedClock } from './shifted-clock.ts';

async function cuttable(t: Parameters<typeof sessionSystem>[0]) {
  const system = await sessionSystem(t);
  const real = new URL(system.databaseUrl);
  const proxy = await startCuttableProxy(Number(real.port));
  t.after(() => proxy.close());
  const through = new URL(system.databaseUrl);
  through.port = String(proxy.port);
  return { ...system, proxy, env: { DATABASE_URL: through.href } };
}

test('with the database away, clients without a cookie pass and those with one are told to come back', async (t) => {
  const { issuer, startCopy, proxy, env } = await cuttable(t);
  const clock = shiftedClock();
  const { url } = await startCopy({ env, ...clock });
  const browser = newBrowser(url);
  await browser.signIn(issuer);
  proxy.cut();
  clock.pass(5_000);
  assert.equal((await fetch(`${url}/orders/1`)).status, 200);
  const bearer = await issuer.bearer();
  assert.equal((await fetch(`${url}/orders`, { method: 'POST', headers: bearer })).status, 200);
  for (const method of ['GET', 'POST']) {
    const answer = await browser.send(method, '/orders/1');
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]/);
    assert.deepEqual(await refusal(answer), [503, 'service-unavailable'], method);
  }
  assert.ok(browser.cookies.has('phone82'), 'nobody is signed out');
  const ready = await fetch(`${url}/readyz`);
  assert.deepEqual(
    [ready.status, ((await ready.json()) as { warnings: string[] }).warnings],
    [200, ['database']],
  );
  proxy.heal();
  await eventually(async () => assert.equal((await browser.get('/orders/1')).status, 200));
});

test('starts without its database, and takes sign-ins once it is there', async (t) => {
  const { issuer, startCopy, proxy, env } = await cuttable(t);
  proxy.cut();
  const { url } = await startCopy({ env });
  assert.equal((await fetch(`${url}/orders/1`)).status, 200);
  const browser = newBrowser(url);
  await assert.rejects(browser.signIn(issuer), /503/);
  proxy.heal();
  await eventually(() => browser.signIn(issuer), { timeoutMs: 10_000 });
  assert.equal((await browser.get('/orders/1')).status, 200);
});

test('with the issuer away the old token goes on until it runs out, and nobody is signed out', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const clock = shiftedClock();
  const env = { SESSION_IDLE_MINUTES: '1440' };
  const { url } = await startCopy({ env, ...clock });
  const browser = newBrowser(url);
  await browser.signIn(issuer);
  issuer.behaviour.down = true;
  for (let minute = 0; minute < 29; minute += 1) {
    clock.pass(MINUTE_MS);
    assert.equal((await browser.get('/orders/1')).status, 200, `minute ${minute}`);
  }
  clock.pass(2 * MINUTE_MS);
  const answer = await browser.get('/orders/1');
  assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]/);
  assert.deepEqual(await refusal(answer), [503, 'service-unavailable']);
  issuer.behaviour.down = false;
  clock.pass(6_000);
  await eventually(async () => assert.equal((await browser.get('/orders/1')).status, 200), {
    timeoutMs: 10_000,
  });
});

test('a sign-in while the issuer is away is refused with words', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const { url } = await startCopy();
  issuer.behaviour.down = true;
  const program = await newBrowser(url).get('/session/sign-in');
  assert.match(program.headers.get('retry-after') ?? '', /^[1-9]/);
  assert.deepEqual(await refusal(program), [503, 'service-unavailable']);
  const person = await newBrowser(url, { accept: 'text/html', 'accept-language': 'en' }).get(
    '/session/sign-in',
  );
  assert.equal(person.status, 503);
  assert.match(await person.text(), /Not available right now/);
  issuer.behaviour.down = false;
  await newBrowser(url).signIn(issuer);
});

test('a client secret that the issuer does not know ends no session', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  const clock = shiftedClock();
  const browser = newBrowser((await startCopy(clock)).url);
  await browser.signIn(issuer);
  const wrong = newBrowser((await startCopy({ env: { OIDC_CLIENT_SECRET: 'wrong' }, ...clock })).url);
  wrong.cookies.set('phone82', browser.cookies.get('phone82') ?? '');
  clock.pass(15 * MINUTE_MS);
  assert.equal((await wrong.get('/orders/1')).status, 200);
  await assert.rejects(
    newBrowser((await startCopy({ env: { OIDC_CLIENT_SECRET: 'wrong' } })).url).signIn(issuer),
    /503/,
  );
  clock.pass(6_000);
  assert.equal((await browser.get('/orders/1')).status, 200);
});
