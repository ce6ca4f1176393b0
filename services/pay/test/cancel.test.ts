import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { done, newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { charge, payed, cancel, found, instruct, orderCancelled, ledger, typesOf, becomes } = storyOf(the);
afterEach(() => the.marketing.answers(done));

const giveUp = (orderId: number) => the.pay.patch(`/payments/${orderId}`, { process: 'void' });
const askedMarketingAbout = (orderId: number) =>
  the.marketing.requests.filter(({ body }) => body.orderId === orderId);

describe('a cancelled order', () => {
  test('has its mileage taken back and its money returned, and that is told once', async () => {
    const orderId = await payed();
    const records = await the.pay.publish(orderCancelled(orderId));
    await becomes(orderId, 'PayCancelled');
    await the.pay.publishRecords(...records);
    await the.pay.publish(orderCancelled(orderId));
    await the.pay.settled();
    const [request, ...more] = askedMarketingAbout(orderId);
    assert.deepEqual(request?.body, { orderId, point: 0, process: 'PayCancelled' });
    assert.deepEqual([request?.method, request?.path, more], ['POST', '/marketings', []]);
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCompleted', 'PayCancelled']);
  });

  test('gets no money back before its mileage is cancelled', async () => {
    const orderId = await payed();
    the.marketing.answers(() => ({ status: 500 }));
    await the.pay.publish(orderCancelled(orderId));
    await eventually(() => {
      the.environment.jump(5_000);
      assert.ok(askedMarketingAbout(orderId).length >= 3);
    });
    assert.equal((await found(orderId)).process, 'CancelPending');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
    the.marketing.answers(done);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
  });

  test('is not told as refunded before the PSP has refunded', async () => {
    const orderId = await payed();
    the.psp.misbehave({ kind: 'slow', ms: 60_000, commit: 'last', operation: 'cancel', times: 1 });
    await the.pay.publish(orderCancelled(orderId));
    await eventually(() => assert.ok(askedMarketingAbout(orderId).length >= 1));
    await the.pay.settled();
    assert.equal((await found(orderId)).process, 'CancelPending');
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
    the.environment.jump(60_000);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(typesOf(orderId), ['PayCompleted', 'PayCancelled']);
  });

  test('whose charge is still under way is refunded when it turns out to be taken; no one hears of a payment', async () => {
    const orderId = newOrderId();
    await instruct('slow', orderId);
    const charged = charge(orderId);
    await eventually(async () => assert.deepEqual(await ledger(orderId), ['charge 500000']));
    await the.pay.publish(orderCancelled(orderId));
    await the.pay.settled();
    the.environment.jump(1_500);
    assert.equal((await charged).status, 202);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCancelled']);
  });

  test('whose charge the PSP never saw is never charged', async () => {
    const orderId = newOrderId();
    await instruct('dropRequest', orderId);
    await charge(orderId);
    await the.pay.publish(orderCancelled(orderId));
    await becomes(orderId, 'Voided');
    assert.deepEqual(await ledger(orderId), []);
    assert.deepEqual(typesOf(orderId), []);
  });

  test('is refunded by the next process when the first one ends before', async () => {
    const orderId = await payed();
    the.marketing.answers(() => 'silence');
    await the.pay.publish(orderCancelled(orderId));
    await eventually(() => assert.ok(askedMarketingAbout(orderId).length >= 1));
    await the.restart();
    the.marketing.answers(done);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
  });
});

describe('a cancel that comes before the charge', () => {
  for (const [how, send] of Object.entries({
    'by event': async (orderId: number) => {
      await the.pay.publish(orderCancelled(orderId));
      await the.pay.settled();
    },
    'by request': async (orderId: number) => {
      const { status, body } = await cancel(orderId);
      assert.deepEqual([status, body.process], [200, 'Voided']);
    },
    'by the void of a caller who gave up': async (orderId: number) => {
      const { status, body } = await giveUp(orderId);
      assert.deepEqual([status, body.process], [200, 'Voided']);
    },
  }))
    test(`${how} leaves the payment voided, and the charge is refused when it comes`, async () => {
      const orderId = newOrderId();
      await send(orderId);
      const { status, body } = await charge(orderId);
      assert.deepEqual([status, body.code], [409, 'payment-voided']);
      assert.equal((await found(orderId)).process, 'Voided');
      assert.deepEqual(await ledger(orderId), []);
      assert.deepEqual(typesOf(orderId), []);
    });

  test('and again is the same', async () => {
    const orderId = newOrderId();
    const first = await cancel(orderId);
    const again = await cancel(orderId);
    assert.deepEqual([again.status, again.text], [200, first.text]);
  });
});

test('a void that comes after the charge leaves it, and says so', async () => {
  const orderId = await payed();
  const { status, body } = await giveUp(orderId);
  assert.deepEqual([status, body.process], [200, 'Payed']);
  assert.deepEqual(await ledger(orderId), ['charge 500000']);
});

describe('while marketing cannot be reached', () => {
  test('cancelled payments wait with the time of their next try, and end by themselves when it is back', async () => {
    const orderIds = await Promise.all(Array.from({ length: 12 }, payed));
    await the.marketing.down();
    await the.pay.publish(...orderIds.map((orderId) => orderCancelled(orderId)));
    const [first = 0] = orderIds;
    await eventually(async () => {
      the.environment.jump(2_000);
      const { body } = await the.pay.get('/breakers');
      const open = { remote: 'marketing', operation: 'cancelMileage', state: 'open' };
      assert.deepEqual(body.breakers[0], open);
      assert.ok((await found(first)).attempts >= 1);
    });
    const waiting = await found(first);
    assert.equal(waiting.process, 'CancelPending');
    assert.ok(Date.parse(waiting.nextTryAt) > 0);
    assert.deepEqual(await ledger(first), ['charge 500000']);
    const refused = await charge(first);
    assert.deepEqual([refused.status, refused.body.code], [409, 'payment-voided']);

    await the.marketing.up();
    for (const orderId of orderIds) await becomes(orderId, 'PayCancelled');
    for (const orderId of orderIds) {
      assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
      assert.deepEqual(typesOf(orderId), ['PayCompleted', 'PayCancelled']);
    }
    assert.equal((await found(first)).nextTryAt, null);
  });

  test('charges are taken as ever', async () => {
    await the.marketing.down();
    await payed();
    await the.marketing.up();
  });
});
