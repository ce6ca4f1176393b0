import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endsAs, placeOrder } from './order-story.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

let one: SystemUnderTest;
let other: SystemUnderTest;

before(async () => {
  [one, other] = [await newSystem(), await newSystem()];
});
after(() => Promise.all([one?.dispose(), other?.dispose()]));

test('two systems run side by side, and know nothing of each other', async () => {
  for (const ended of await Promise.all([one.run('up', '--detach'), other.run('up', '--detach')]))
    assert.match(succeeded(ended), /ready in/);
  const [first, second] = [await placeOrder(one), await placeOrder(one)];
  assert.deepEqual([first, second], [1, 2]);
  assert.equal(await placeOrder(other), 1);
  await Promise.all([endsAs(one, 2, 'shipped'), endsAs(other, 1, 'shipped')]);
  assert.equal((await other.http('gateway').get('/orders/2')).status, 404);
});

test('the end of one leaves the other as it is', async () => {
  assert.match(succeeded(await one.run('down')), /phone82 is stopped/);
  assert.equal((await other.http('gateway').get('/healthz')).status, 200);
  await endsAs(other, await placeOrder(other), 'shipped');
  assert.equal((await one.run('status')).code, 1);
});
