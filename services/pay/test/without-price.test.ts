import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest({ ACCEPT_PAYMENTS_WITHOUT_PRICE: 'true' });
const { becomes, cancel, ledger, typesOf } = storyOf(the);

describe('where payments without a price are accepted, a charge', () => {
  test('by the Java app, which sends no price, counts as paid', async () => {
    const orderId = newOrderId();
    const { status, body } = await the.pay.post('/payments', { id: null, orderId, process: 'Ordered' });
    assert.deepEqual([status, body.process, body.price], [201, 'Payed', 0]);
    await the.pay.settled();
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
  });

  test('of the price 0 counts as paid, and is cancelled without a refund', async () => {
    const orderId = newOrderId();
    assert.equal((await the.pay.post('/payments', { orderId, price: 0 })).status, 201);
    await cancel(orderId);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), []);
  });

  test('of less than nothing is refused', async () => {
    const { status, body } = await the.pay.post('/payments', { orderId: newOrderId(), price: -1 });
    assert.deepEqual([status, body.code], [400, 'request-invalid']);
  });
});
