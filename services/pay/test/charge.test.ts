import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { charge, payed, found, instruct, ledger, typesOf, becomes } = storyOf(the);
afterEach(() => instruct('approve'));

describe('a charge', () => {
  test('is taken, answered with the payment and its links, and told once', async () => {
    const orderId = newOrderId();
    const { status, headers, body } = await charge(orderId);
    assert.equal(status, 201);
    assert.match(String(headers['content-type']), /^application\/hal\+json/);
    const link = { href: `${the.pay.url}/payments/${orderId}` };
    const payment = {
      id: orderId,
      orderId,
      price: 500_000,
      process: 'Payed',
      reference: `ref-${orderId}`,
      customerId: 'demo',
    };
    const nothingPending = { declineCode: null, refundRefusedCode: null, attempts: 0, nextTryAt: null };
    assert.deepEqual(body, { ...payment, ...nothingPending, _links: { self: link, payment: link } });
    await the.pay.settled();
    const [event, ...more] = the.pay.published(orderId);
    const { timestamp, ...fields } = event as { timestamp: string };
    assert.match(timestamp, /^\d{14}$/);
    assert.deepEqual(fields, { eventType: 'PayCompleted', ...payment });
    assert.deepEqual(more, []);
  });

  test('is taken once, however many ask at the same time', async () => {
    const orderId = newOrderId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => charge(orderId)));
    for (const { status, body } of answers)
      assert.ok(status === 201 ? body.process === 'Payed' : status === 202, JSON.stringify(body));
    await the.pay.settled();
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
    assert.equal((await charge(orderId)).status, 201);
  });

  test('of another price for the same order is refused', async () => {
    const orderId = newOrderId();
    await charge(orderId);
    const { status, body } = await charge(orderId, 1);
    assert.deepEqual([status, body.code], [422, 'payment-mismatch']);
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
  });

  for (const reference of ['another', null, undefined])
    test(`with the reference ${JSON.stringify(reference)} for an order that was paid under its own is refused`, async () => {
      const orderId = await payed();
      const { status, body } = await the.pay.post('/payments', { orderId, price: 500_000, reference });
      assert.deepEqual([status, body.code], [422, 'payment-mismatch']);
      assert.deepEqual(await ledger(orderId), ['charge 500000']);
    });

  test('without a reference, as by others than app, is taken, and never counts for a request that has one', async () => {
    const orderId = newOrderId();
    const first = await the.pay.post('/payments', { orderId, price: 500_000 });
    assert.deepEqual([first.status, first.body.reference], [201, null]);
    assert.equal((await the.pay.post('/payments', { orderId, price: 500_000 })).status, 201);
    const { status, body } = await charge(orderId);
    assert.deepEqual([status, body.code], [422, 'payment-mismatch']);
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
  });

  for (const reference of ['', 'a b', 'ü', 'x'.repeat(65), 7])
    test(`with the reference ${JSON.stringify(reference)} is refused`, async () => {
      const sent = { orderId: newOrderId(), price: 1, reference };
      const { status, body } = await the.pay.post('/payments', sent);
      assert.deepEqual([status, body.code], [400, 'request-invalid']);
    });

  for (const price of [null, undefined, 0, '0'])
    test(`of the price ${JSON.stringify(price)} is refused: nothing is stored, charged or told`, async () => {
      const orderId = newOrderId();
      const { status, body } = await the.pay.post('/payments', {
        id: null,
        orderId,
        price,
        process: 'Ordered',
      });
      assert.deepEqual([status, body.code], [422, 'payment-price-missing']);
      assert.equal((await the.pay.get(`/payments/${orderId}`)).status, 404);
      assert.deepEqual([await ledger(orderId), typesOf(orderId)], [[], []]);
    });

  test('that is declined is refused with the reason, again and again, and told to no one', async () => {
    const orderId = newOrderId();
    await instruct('decline', orderId);
    for (const answer of [await charge(orderId), await charge(orderId)])
      assert.deepEqual(
        [answer.status, answer.body.code, answer.body.declineCode],
        [402, 'payment-declined', 'REJECT_CARD_PAYMENT'],
      );
    await the.pay.settled();
    assert.equal((await found(orderId)).process, 'Declined');
    assert.deepEqual(await ledger(orderId), []);
    assert.deepEqual(typesOf(orderId), []);
  });

  test('that is answered late is taken once', async () => {
    const orderId = newOrderId();
    await instruct('slow', orderId);
    const answer = charge(orderId);
    await eventually(async () => assert.deepEqual(await ledger(orderId), ['charge 500000']));
    the.environment.jump(1_500);
    assert.equal((await answer).status, 201);
  });

  for (const [what, body] of Object.entries({
    'without an order': { price: 1 },
    'of less than nothing': { orderId: 1, price: -1 },
    'of half a won': { orderId: 1, price: 0.5 },
    'of more won than can be counted': { orderId: 1, price: 1e300 },
    'for an order that can not be counted to': { orderId: 1e300, price: 1 },
    'for a customer whose name can not be stored': { orderId: 1, price: 1, customerId: 'a\u0000b' },
    'with an unknown field': { orderId: 1, price: 1, card: '4111' },
  }))
    test(`${what} is refused`, async () => {
      const answer = await the.pay.post('/payments', body);
      assert.deepEqual([answer.status, answer.body.code], [400, 'request-invalid']);
    });

  test('sent again with its Idempotency-Key gets the same answer', async () => {
    const body = { orderId: newOrderId(), price: 1_000 };
    const headers = { 'idempotency-key': 'charge-1' };
    const first = await the.pay.post('/payments', body, headers);
    const again = await the.pay.post('/payments', body, headers);
    assert.deepEqual([again.status, again.text], [201, first.text]);
  });
});

describe('a charge whose answer is lost', () => {
  test('is unknown, says when it is asked about, and becomes paid by itself, told once', async () => {
    const orderId = newOrderId();
    await instruct('dropAnswer', orderId);
    const { status, body } = await charge(orderId);
    assert.deepEqual([status, body.process], [202, 'Unknown']);
    assert.ok(Date.parse(body.nextTryAt) > 0);
    await becomes(orderId, 'Payed');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
    assert.equal((await found(orderId)).nextTryAt, null);
  });

  test('that the PSP never saw is sent again under the same key until it is taken', async () => {
    const orderId = newOrderId();
    await instruct('dropRequest', orderId);
    assert.deepEqual([(await charge(orderId)).status, await ledger(orderId)], [202, []]);
    await eventually(async () => {
      the.environment.jump(5_000);
      assert.ok((await found(orderId)).attempts >= 2);
    });
    assert.equal((await found(orderId)).process, 'Unknown');
    await instruct('approve', orderId);
    await becomes(orderId, 'Payed');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
  });

  test('is answered as under way when it is asked for again meanwhile, and not taken twice', async () => {
    const orderId = newOrderId();
    await instruct('dropRequest', orderId);
    await charge(orderId);
    assert.equal((await charge(orderId)).status, 202);
    await instruct('approve', orderId);
    await becomes(orderId, 'Payed');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
  });

  test('is found out by the next process when the first one ends before', async () => {
    const orderId = newOrderId();
    await instruct('dropAnswer', orderId);
    await charge(orderId);
    await the.restart();
    await becomes(orderId, 'Payed');
    assert.deepEqual(typesOf(orderId), ['PayCompleted']);
  });
});
