import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { atServer } from './database-server.ts';
import { endsAs, placeOrder } from './order-story.ts';
import { balancesOf } from './psp-books.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const the = {} as SystemUnderTest;
before(async () => {
  Object.assign(the, await newSystem());
  // What happened within the last minute would be left for the next comparison.
  the.environment.RECONCILIATION_GRACE_SECONDS = '0';
  // A busy machine is no time-out.
  the.environment.PAY_TIMEOUT_MS = '8000';
  succeeded(await the.run('up', '--detach'));
});
after(() => the.dispose?.());

/** With app stopped, as a backup of its database alone, sequence included. */
async function whileStopped(...statements: readonly string[]): Promise<void> {
  succeeded(await the.run('stop', 'app'));
  await atServer(the, ...statements);
  succeeded(await the.run('start', 'app'));
}

const placeOrders = async (count: number): Promise<readonly number[]> => {
  const ids: number[] = [];
  while (ids.length < count)
    ids.push(...(await Promise.all(Array.from({ length: 20 }, () => placeOrder(the)))));
  return ids;
};

async function formedOrders(): Promise<readonly { id: number; price: number }[]> {
  const pages = [0, 1, 2, 3].map((page) => the.http('app').get(`/orders?size=100&page=${page}`));
  return (await Promise.all(pages)).flatMap(({ body }) => body._embedded.orders);
}

test('a client that pays for the next order itself pays for no order: the price 0 is refused, and another payment never counts', async () => {
  const gateway = the.http('gateway');
  const next = (await placeOrder(the)) + 1;
  const free = await gateway.post('/payments', { orderId: next, price: 0 });
  assert.deepEqual([free.status, free.body.code], [422, 'payment-price-missing']);
  const itself = await gateway.post('/payments', { orderId: next, price: 899_000 });
  assert.deepEqual([itself.status, itself.body.reference], [201, null]);

  const refused = await gateway.post('/orders', { item: 'LG10', qty: 1 });
  assert.deepEqual([refused.status, refused.body.code], [503, 'payment-unavailable']);
  assert.equal((await gateway.get(`/orders/${next}`)).body.status, 'PaymentFailed');
  const own = await placeOrder(the);
  assert.ok(own > next);
  await endsAs(the, own, 'shipped');
  assert.deepEqual((await balancesOf(the)).get(own)?.charges, 1);
  assert.notEqual((await the.http('store').get(`/storeManages/${next}`)).body.process, 'Shipped');

  const { code, stdout } = await the.run('reconcile');
  assert.equal(code, 1);
  assert.match(stdout, new RegExp(`^ *${next} +paymentWithoutOrder +PaymentFailed `, 'm'));
  assert.equal((await gateway.patch(`/payments/${next}`, { process: 'cancel' })).status, 200);
});

test('after app’s database is restored from an older backup every formed order has a charge of its own, and reconcile names the orders that were lost', async () => {
  const earlier = (await formedOrders()).length;
  const kept = await placeOrders(20);
  await Promise.all(kept.map((id) => endsAs(the, id, 'shipped')));
  await whileStopped('create database app_backup template phone82_app');
  const lost = await placeOrders(60);
  await Promise.all(lost.map((id) => endsAs(the, id, 'shipped')));

  await whileStopped(
    'drop database phone82_app with (force)',
    'create database phone82_app template app_backup',
  );
  assert.equal((await the.http('app').get(`/orders/${lost[0]}`)).status, 404);
  const fresh = await placeOrders(200);
  assert.ok(Math.min(...fresh) > Math.max(...lost), 'no number is given twice');
  await Promise.all(fresh.map((id) => endsAs(the, id, 'shipped')));

  const [books, orders] = [await balancesOf(the), await formedOrders()];
  assert.equal(orders.length, earlier + kept.length + fresh.length);
  for (const { id, price } of orders) {
    const { charged, refunded, charges } = books.get(id) ?? assert.fail(`order ${id} was never charged`);
    assert.deepEqual([id, charged, refunded, charges], [id, price, 0, 1]);
  }

  const { code, stdout } = await the.run('reconcile');
  assert.equal(code, 1);
  const named = [...stdout.matchAll(/^ *(\d+) +paymentWithoutOrder/gm)].map(([, id]) => Number(id));
  assert.deepEqual(
    named,
    [...lost].sort((a, b) => a - b),
  );
  assert.match(stdout, /transactions of the PSP\nthere are no differences/);
  assert.match(stdout, /60 orders differ/);
});
