import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newSystem, type SystemUnderTest, succeeded } from '../../e2e/system-under-test.ts';
import { fillPhone82 } from './fill.ts';

const COPIES = 300;
const PATIENCE = { timeoutMs: 30_000 };

let system: SystemUnderTest;
before(async () => {
  system = await newSystem();
  succeeded(await system.run('up', '--detach'));
  await fillPhone82(system, COPIES, () => undefined);
});
after(() => system?.dispose());

const viewOf = async (id: number) => (await system.http('customer').get(`/customers/${id}`)).body;

async function order(): Promise<number> {
  const { status, body } = await system.http('app').post('/orders', { item: 'LG10', qty: 1 });
  assert.equal(status, 201);
  return body.id as number;
}

test('stored orders are whole for every service, and new ones follow them to the view', async () => {
  const id = await order();
  const oldest = id - COPIES;
  for (const copy of [oldest, id - 1]) {
    assert.equal((await system.http('app').get(`/orders/${copy}`)).body.status, 'Shipped');
    assert.equal((await system.http('pay').get(`/payments/${copy}`)).body.process, 'Payed');
    assert.equal((await system.http('store').get(`/storeManages/${copy}`)).body.process, 'Shipped');
    assert.equal((await system.http('marketing').get(`/marketings/${copy}`)).body.point, 300_000);
    assert.equal((await viewOf(copy)).status, 'Shipped');
  }
  assert.equal((await system.http('app').get(`/orders/${oldest - 1}`)).body.status, 'Shipped');
  await eventually(async () => assert.equal((await viewOf(id)).point, 300_000), PATIENCE);
});

test('a stored order is cancelled as any other: its mileage goes and the PSP gives the money back', async () => {
  const copy = (await order()) - 2;
  assert.equal((await system.http('app').patch(`/orders/${copy}`, { status: 'cancel' })).status, 200);
  await eventually(async () => {
    const { status, point } = await viewOf(copy);
    assert.deepEqual([status, point], ['PayCancelled', 0]);
  }, PATIENCE);
});

test('the view can be built again from the log of stored orders', async () => {
  const id = await order();
  await eventually(async () => assert.equal((await viewOf(id)).point, 300_000), PATIENCE);
  succeeded(await system.run('rebuild', 'customer'));
  assert.equal((await viewOf(id - COPIES)).status, 'Shipped');
});
