import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { importHistory } from '@phone82/host';
import { createMemoryBus } from '@phone82/messaging';
import { eventually } from '@phone82/testkit';
import { pay } from '../src/build.ts';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { found, becomes, typesOf, ledger, orderCancelled, measured } = storyOf(the);

/** As an import leaves it: made by a Java pay, told by the log. */
async function imported(price: number | null, ...further: EventBody[]): Promise<number> {
  const orderId = newOrderId();
  const events = [{ eventType: 'PayCompleted', id: 3, orderId, price, process: 'Payed' }, ...further];
  await the.pay.publishRecords(
    ...events.map((event) => ({ key: null, headers: {}, value: JSON.stringify(event) })),
  );
  await the.pay.settled();
  const bus = createMemoryBus({ environment: the.environment, log: the.pay.log });
  const history = pay.history?.({} as never);
  assert.ok(history);
  // The group of the running service has read all of it, so that its offsets stay.
  await importHistory({
    name: 'pay',
    history,
    database: the.pay.database,
    bus,
    environment: the.environment,
  });
  return orderId;
}

test('an imported payment can be read, and says that it was made elsewhere', async () => {
  const { process, price, foreign, orderId } = await found(await imported(899_000));
  assert.deepEqual([process, price, foreign, typeof orderId], ['Payed', 899_000, true, 'number']);
});

test('its cancel takes the mileage back, never asks our PSP, and waits for a person, who ends it', async () => {
  const id = await imported(899_000);
  await the.pay.publish(orderCancelled(id));
  await eventually(async () => {
    the.environment.jump(1_000);
    const { process, refundRefusedCode } = await found(id);
    assert.deepEqual([process, refundRefusedCode], ['CancelPending', 'FOREIGN_PAYMENT']);
  });
  assert.ok(the.marketing.requests.some(({ body }) => body?.orderId === id));
  assert.equal(await measured('psp_refunds_refused_total', { code: 'FOREIGN_PAYMENT' }), 1);
  const { status, body } = await the.pay.patch(`/payments/${id}`, { process: 'refunded' });
  assert.deepEqual([status, body.process], [200, 'CancelPending']);
  await becomes(id, 'PayCancelled');
  assert.deepEqual([typesOf(id), await ledger(id)], [['PayCancelled'], []]);
  assert.equal((await the.pay.patch(`/payments/${id}`, { process: 'refunded' })).status, 200);
});

test('the cancel of an order that has a reference reaches its payment that has none, and is told with it', async () => {
  const id = await imported(899_000);
  await the.pay.publish({ ...orderCancelled(id), reference: 'of-the-order' } as EventBody);
  await eventually(async () => assert.equal((await found(id)).process, 'CancelPending'));
  await the.pay.patch(`/payments/${id}`, { process: 'refunded' });
  await becomes(id, 'PayCancelled');
  assert.deepEqual(
    the.pay.published(id).map((event) => 'reference' in event && event.reference),
    ['of-the-order'],
  );
});

test('an operator can cancel it', async () => {
  const id = await imported(899_000);
  const { body } = await the.pay.patch(`/payments/${id}`, { process: 'cancel' });
  assert.equal(body.process, 'CancelPending');
  assert.deepEqual(await ledger(id), []);
});

test('the cancel of one without a price, as the Java app asks for it, ends by itself', async () => {
  const id = await imported(null);
  await the.pay.publish(orderCancelled(id));
  await becomes(id, 'PayCancelled');
  assert.deepEqual(await ledger(id), []);
});

test('a refund is reported only of an imported payment that waits for it', async () => {
  const id = await imported(899_000);
  const early = await the.pay.patch(`/payments/${id}`, { process: 'refunded' });
  assert.deepEqual([early.status, early.body.code], [409, 'refund-not-reportable']);
  const own = newOrderId();
  await the.pay.post('/payments', { orderId: own, price: 500_000, process: 'Ordered' });
  await the.pay.patch(`/payments/${own}`, { process: 'cancel' });
  const reported = await the.pay.patch(`/payments/${own}`, { process: 'refunded' });
  assert.deepEqual([reported.status, reported.body.code], [409, 'refund-not-reportable']);
  assert.equal((await the.pay.patch(`/payments/${newOrderId()}`, { process: 'refunded' })).status, 404);
});

test('the reconciliation with the PSP finds no difference in imported payments', async () => {
  const before = (await the.pay.post('/reconciliations', {})).body;
  await imported(899_000);
  the.environment.jump(2 * 60_000);
  const { status, body } = await the.pay.post('/reconciliations', {});
  assert.deepEqual([status, body.total], [200, before.total]);
});
