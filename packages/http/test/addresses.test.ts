import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answersIn, rawExchange } from '@phone82/testkit';
import { type ListeningServer, listen } from '../src/index.ts';
import { orderServer } from './order-server.ts';

let http: ListeningServer;
before(async () => {
  const { server } = await orderServer();
  http = await listen(server, { port: 0 });
});
after(() => http.stop());

const ask = async (head: string) => {
  const received = await rawExchange(http.port, `${head}\r\nConnection: close\r\n\r\n`);
  const [answer] = answersIn(received);
  return { status: answer?.status, body: answer?.body ? JSON.parse(answer.body) : undefined };
};

const unusableHosts = [
  'exa mple',
  '[::1',
  'x:99999',
  'x:y',
  'a/b',
  'user@x',
  '1.2.3.4.5',
  '[:::]',
  'a,b',
  '%zz',
  'x:1:2',
];
for (const host of unusableHosts)
  test(`refuses the Host ${host} with 400`, async () => {
    const { status, body } = await ask(`GET /orders?size=1 HTTP/1.1\r\nHost: ${host}`);
    assert.deepEqual([status, body?.code], [400, 'request-invalid']);
    assert.match(body.detail, /Host/);
  });

for (const host of [
  'localhost',
  'app:8080',
  '[::1]:81',
  '127.0.0.1:8080',
  'my_app.shop',
  'xn--o39aom870f.kr',
  '',
])
  test(`takes the Host ${host || 'that is empty'}`, async () => {
    const { status, body } = await ask(`GET /orders HTTP/1.1\r\nHost: ${host}`);
    assert.equal(status, 200);
    const { href } = body._links.self;
    assert.equal(href, new URL('/orders', `http://${host || 'localhost'}`).href);
  });

test('refuses a request without a Host, or with two', async () => {
  for (const head of [
    'GET /orders HTTP/1.1',
    'GET /orders HTTP/1.1\r\nHost: a\r\nHost: a',
    'GET http://a/orders HTTP/1.1',
  ]) {
    const { status, body } = await ask(head);
    assert.deepEqual([status, body?.code], [400, 'request-invalid'], head);
  }
});

test('HTTP/1.0 needs no Host', async () => {
  assert.equal((await ask('GET /orders HTTP/1.0')).status, 200);
});

test('takes a target in absolute form, whose authority counts more than the Host', async () => {
  for (const [target, address] of [
    ['http://shop.kr:81/orders', 'http://shop.kr:81/orders'],
    ['HTTP://shop.kr/orders?size=5', 'http://shop.kr/orders?size=5'],
  ] as const) {
    const { status, body } = await ask(`GET ${target} HTTP/1.1\r\nHost: other`);
    assert.equal(status, 200, target);
    assert.equal(body._links.self.href, address);
  }
});

const unusableTargets = [
  'http://[::1/orders',
  'http://user@shop.kr/orders',
  'http:///orders',
  'ftp://shop.kr/orders',
  'orders',
  '/orders#fragment',
  '/orders?page=0#x',
  '/orders/\xff',
  'http://shop.kr:99999/orders',
];
for (const target of unusableTargets)
  test(`refuses the target ${target} with 400`, async () => {
    const { status, body } = await ask(`GET ${target} HTTP/1.1\r\nHost: a`);
    assert.deepEqual([status, body?.code], [400, 'request-invalid']);
  });

for (const target of ['http://shop.kr', 'http://shop.kr?x=1', '//orders', '/orders\\1', '/orders/..\\1', '*'])
  test(`has nothing at ${target}`, async () => {
    const { status } = await ask(`OPTIONS ${target} HTTP/1.1\r\nHost: a`);
    assert.ok(status === 404 || status === 405, String(status));
  });

const forwarded: readonly [name: string, value: string][] = [
  ['X-Forwarded-Host', 'exa mple'],
  ['X-Forwarded-Host', '[::1'],
  ['X-Forwarded-Host', 'x:99999'],
  ['X-Forwarded-Proto', 'java script'],
  ['X-Forwarded-Proto', 'ftp'],
];
for (const [name, value] of forwarded)
  test(`refuses ${name}: ${value} of a trusted hop with 400`, async () => {
    const { status, body } = await ask(`GET /orders HTTP/1.1\r\nHost: a\r\n${name}: ${value}`);
    assert.deepEqual([status, body?.code], [400, 'request-invalid']);
    assert.match(body.detail, new RegExp(name));
  });

test('keeps to the Host where X-Forwarded-Port makes no sense', async () => {
  const head = 'GET /orders HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: a\r\nX-Forwarded-Port: 99999';
  const { status, body } = await ask(head);
  assert.equal(status, 200);
  assert.equal(body._links.self.href, 'http://a/orders');
});
