import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { routed } from '@phone82/service-list';
import { endOf, eventually } from '@phone82/testkit';
import { cancelOrder, endsAs, placeOrder } from './order-story.ts';
import { runningSystem, succeeded } from './system-under-test.ts';

const system = runningSystem();
const gateway = () => system.http('gateway');

describe('the one address', () => {
  test('says that the whole is well, and which service is not', async () => {
    const well = await gateway().get('/healthz');
    assert.deepEqual([well.status, well.body.status], [200, 'up']);
    assert.deepEqual(Object.keys(well.body.services), routed);
    succeeded(await system.run('stop', 'store'));
    const { status, body } = await gateway().get('/healthz');
    assert.deepEqual([status, body.status, body.services.store.status], [503, 'down', 'unreachable']);
    succeeded(await system.run('start', 'store'));
    assert.equal((await gateway().get('/healthz')).status, 200);
  });

  test('documents all services and their events', async () => {
    const page = await gateway().get('/docs');
    assert.equal(page.status, 200);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    const { body: openapi } = await gateway().get('/openapi.json');
    assert.match(openapi.openapi, /^3\.1/);
    for (const address of ['/orders', '/items', '/payments', '/customers', '/storeManages', '/marketings'])
      assert.ok(openapi.paths[address], address);
    const { body: asyncapi } = await gateway().get('/asyncapi.json');
    assert.match(asyncapi.asyncapi, /^3\./);
    assert.ok(asyncapi.channels.phoneseller);
  });

  test('passes every path on to its service', async () => {
    const id = await placeOrder(system);
    await endsAs(system, id, 'shipped');
    for (const address of ['orders', 'payments', 'customers', 'storeManages', 'marketings']) {
      const { status, body } = await gateway().get(`/${address}/${id}`);
      assert.deepEqual([status, body.id], [200, id]);
      assert.equal(body._links.self.href, `http://127.0.0.1:${8080 + system.offset}/${address}/${id}`);
      assert.ok((await gateway().get(`/${address}`)).body.page.totalElements >= 1);
    }
  });
});

describe('a request’s correlation id', () => {
  /** Waits until the id is in the log lines of these services, at least. */
  const isLoggedBy = (correlationId: string, ...wanted: string[]) =>
    eventually(async () => {
      const lines = succeeded(await system.run('logs', '-n', '500')).split('\n');
      const found = lines.filter((line) => line.includes(correlationId)).map((line) => line.split(/\s+/)[1]);
      assert.deepEqual(
        wanted.filter((service) => !found.includes(service)),
        [],
        'not in the log of these',
      );
    });

  test('is the client’s, comes back, and is in the lines of every service that had to do with it', async () => {
    const correlationId = `e2e-${system.offset}`;
    const order = { item: 'LG10', qty: 1 };
    const { status, headers } = await gateway().post('/orders', order, { 'x-correlation-id': correlationId });
    assert.deepEqual([status, headers['x-correlation-id']], [201, correlationId]);
    await isLoggedBy(correlationId, 'gateway', 'app', 'pay');
  });

  test('is made where the client sends none, and is in the problem', async () => {
    const { status, headers, body } = await gateway().post('/orders', { item: 'none', qty: 1 });
    assert.equal(status, 422);
    assert.match(body.correlationId, /^[0-9a-f-]{36}$/);
    assert.equal(headers['x-correlation-id'], body.correlationId);
    await isLoggedBy(body.correlationId, 'gateway', 'app');
  });
});

test('a load with cancels ends with five services that agree on every order', async () => {
  const stdout = succeeded(await system.run('load', '--orders', '200', '--rate', '50', '--cancels', '30'));
  assert.match(stdout, /140 orders kept, 60 cancelled, all compared in five services/);
  assert.match(stdout, /0 of them wrong, 0 cancels refused/);
});

test('the view is rebuilt while orders and cancels go on, and misses none', async () => {
  const before = await gateway().get('/customers?size=100');
  const rebuild = endOf(system.spawn('rebuild', 'customer'));
  let isRebuilt = false;
  void rebuild.then(() => {
    isRebuilt = true;
  });
  const kept: number[] = [];
  const cancelled: number[] = [];
  while (!isRebuilt || kept.length < 5) {
    kept.push(await placeOrder(system));
    const late = await placeOrder(system);
    await cancelOrder(system, late);
    cancelled.push(late);
    assert.equal((await gateway().get('/customers/1')).status, 200);
  }
  assert.match(succeeded(await rebuild), /the view is rebuilt/);
  await Promise.all(kept.map((id) => endsAs(system, id, 'shipped')));
  await Promise.all(cancelled.map((id) => endsAs(system, id, 'takenBack')));
  const after = await gateway().get('/customers?size=100');
  assert.deepEqual(after.body._embedded, before.body._embedded);
});
