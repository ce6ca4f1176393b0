import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@phone82/testkit';
import { runningSystem, succeeded } from '../system-under-test.ts';
import { newBrowser } from './browser.ts';

const the = runningSystem();
const json = { 'content-type': 'application/json' };
const order = { method: 'POST', headers: json, body: JSON.stringify({ item: 'LG10', qty: 1 }) };

const gateway = (path: string) => `${the.url('gateway')}${path}`;

async function signedIn(role: string) {
  const link = /http\S+/.exec(succeeded(await the.run('login', role)))?.[0] ?? '';
  const browser = newBrowser();
  await browser.open(link);
  return { browser, link };
}

const bearer = async (role: string) => ({
  authorization: `Bearer ${succeeded(await the.run('login', role, '--token')).trim()}`,
});

test('a link signs a customer in, who sees their own orders and nobody else sees them', async () => {
  const { browser, link } = await signedIn('customer');
  const session = await (await browser.fetch(gateway('/session'))).json();
  assert.deepEqual([session.subject, session.roles], ['customer', ['customer']]);
  const placed = await (await browser.fetch(gateway('/orders'), order)).json();
  assert.equal(placed.customerId, 'customer');
  await eventually(async () => {
    const view = await (await browser.fetch(gateway(`/customers/${placed.id}`))).json();
    assert.deepEqual([view.status, view.point], ['Shipped', 300_000]);
  });
  const others = await bearer('customer2');
  for (const path of ['/orders', '/customers', '/payments', '/storeManages', '/marketings']) {
    const own = await (await browser.fetch(gateway(path))).json();
    assert.equal(own.page.totalElements, 1, path);
    assert.equal((await browser.fetch(gateway(`${path}/${placed.id}`))).status, 200, path);
    const theirs = await (await fetch(gateway(path), { headers: others })).json();
    assert.equal(theirs.page.totalElements, 0, path);
    assert.equal((await fetch(gateway(`${path}/${placed.id}`), { headers: others })).status, 404, path);
  }
  const cancel = { method: 'PATCH', headers: { ...json, ...others }, body: '{"status":"cancel"}' };
  assert.equal((await fetch(gateway(`/orders/${placed.id}`), cancel)).status, 404);
  const again = newBrowser();
  await again.open(link);
  assert.equal((await again.fetch(gateway('/session'))).status, 401, 'a link counts once');
});

test('staff may do what their role says', async () => {
  const [agency, operator, customer] = await Promise.all(['agency', 'operator', 'customer'].map(bearer));
  const status = async (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
    (await fetch(gateway(path), { ...init, headers: { ...json, ...headers } })).status;
  assert.equal(await status('/storeManages', agency as never), 200);
  assert.equal(await status('/orders', agency as never), 403);
  assert.equal(await status('/orders', operator as never), 200);
  assert.equal(await status('/orders', operator as never, order), 403);
  const payment = { method: 'POST', body: JSON.stringify({ orderId: 900, price: 899_000 }) };
  for (const headers of [agency, operator, customer])
    assert.equal(await status('/payments', headers as never, payment), 403, 'pay takes charges of app only');
});

test('signed-in people order while the issuer is down, and new ones sign in when it is back', async () => {
  const { browser } = await signedIn('customer');
  const headers = await bearer('customer');
  succeeded(await the.run('stop', 'identity'));
  for (let tries = 0; tries < 5; tries += 1) {
    assert.equal((await browser.fetch(gateway('/orders'), order)).status, 201);
    assert.equal(
      (await fetch(gateway('/orders'), { ...order, headers: { ...json, ...headers } })).status,
      201,
    );
    await delay(200);
  }
  await assert.rejects(
    newBrowser().open(gateway('/session/sign-in')),
    'the browser is sent to an issuer that is not there',
  );
  succeeded(await the.run('start', 'identity'));
  assert.equal((await signedIn('customer2')).browser.cookies('localhost').includes('phone82='), true);
});

test('a cookie that was stolen ends with the sign-out', async () => {
  const { browser } = await signedIn('customer');
  const stolen = browser.cookies('localhost');
  const out = { method: 'POST', headers: json, body: '{}' };
  assert.equal((await browser.fetch(gateway('/session/sign-out'), out)).status, 200);
  await eventually(
    async () => assert.equal((await fetch(gateway('/orders'), { headers: { cookie: stolen } })).status, 401),
    { timeoutMs: 10_000 },
  );
});

test('a page of another origin, and one that rebinds its name, can neither order nor read', async () => {
  const attacks: Record<string, string>[] = [
    { origin: 'https://attacker.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { host: `attacker.example:${8080 + the.offset}` },
  ];
  for (const service of ['gateway', 'app', 'pay', 'customer', 'store', 'marketing'] as const) {
    const path = { gateway: '/orders', app: '/orders', pay: '/payments', customer: '/customers' }[
      service as 'app'
    ];
    for (const headers of attacks) {
      const url = path ?? (service === 'store' ? '/storeManages' : '/marketings');
      assert.equal(
        (await the.http(service).get(url, headers)).status,
        401,
        `${service} ${JSON.stringify(headers)}`,
      );
    }
  }
  for (const headers of attacks)
    assert.equal((await the.http('gateway').post('/orders', { item: 'LG10', qty: 1 }, headers)).status, 401);
});
