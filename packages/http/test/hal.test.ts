import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderServer } from './order-server.ts';

const linksOf = (body: { _links: Record<string, { href: string }> }) =>
  Object.fromEntries(Object.entries(body._links).map(([rel, { href }]) => [rel, href]));

test('a record links to itself, by both names, where the client asked', async () => {
  const { server } = await orderServer();
  const answer = await server.inject({ url: '/orders/7', headers: { host: 'localhost:8081' } });
  assert.equal(answer.headers['content-type'], 'application/hal+json');
  const self = 'http://localhost:8081/orders/7';
  assert.deepEqual(linksOf(answer.json()), { self, order: self });
});

const forwarded = { host: 'app:8080', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' };

test('links lead through the gateway that a trusted hop names', async () => {
  const { server } = await orderServer();
  const plain = await server.inject({ url: '/orders/7', headers: forwarded });
  assert.equal(linksOf(plain.json()).self, 'https://shop.example/orders/7');
  const withPort = await server.inject({
    url: '/orders/7',
    headers: { ...forwarded, 'x-forwarded-port': '8443' },
  });
  assert.equal(linksOf(withPort.json()).self, 'https://shop.example:8443/orders/7');
});

test('a stranger cannot bend the links', async () => {
  const { server } = await orderServer();
  const headers = { ...forwarded, 'x-forwarded-port': '1' };
  const answer = await server.inject({ url: '/orders/7', headers, remoteAddress: '203.0.113.9' });
  assert.equal(linksOf(answer.json()).self, 'http://app:8080/orders/7');
});

test('a page counts, and links to its neighbors with the query kept', async () => {
  const { server } = await orderServer();
  const url = '/orders?page=1&size=20&sort=id,desc&customer=demo';
  const answer = await server.inject({ url, headers: { host: 'localhost:8081' } });
  const { page, _embedded, ...body } = answer.json();
  assert.deepEqual(page, { size: 20, totalElements: 45, totalPages: 3, number: 1 });
  assert.equal(_embedded.orders[0]._links.self.href, 'http://localhost:8081/orders/1');
  const links = linksOf(body);
  assert.deepEqual(Object.keys(links), ['self', 'first', 'prev', 'next', 'last']);
  assert.equal(links.next, 'http://localhost:8081/orders?page=2&size=20&sort=id%2Cdesc&customer=demo');
});

test('the first page has no previous, the last no next, and one beyond leads back', async () => {
  const { server } = await orderServer();
  const relsOf = async (url: string) => Object.keys(linksOf((await server.inject({ url })).json()));
  assert.deepEqual(await relsOf('/orders'), ['self', 'first', 'next', 'last']);
  assert.deepEqual(await relsOf('/orders?page=2'), ['self', 'first', 'prev', 'last']);
  const beyond = (await server.inject({ url: '/orders?page=9' })).json();
  assert.match(beyond._links.prev.href, /page=2/);
});
