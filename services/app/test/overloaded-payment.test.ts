import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually, type FakeAnswer } from '@phone82/testkit';
import { appUnderTest, order, payed } from './app-under-test.ts';

const the = appUnderTest({ MAX_IN_FLIGHT: '20', PAY_MAX_CONCURRENT: '16' });
afterEach(async () => {
  the.pay.answers(payed);
  // So many failures in a row would open the breaker.
  for (let calls = 0; calls < 3; calls++) await order(the);
});

/** Orders that are being found out ask pay too, by themselves: those are other requests. */
const charges = () => the.pay.requests.filter(({ method }) => method === 'POST').length;

const refusing = (code: string, retryAfter?: string) => (): FakeAnswer => ({
  status: 503,
  body: { code },
  ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
});

describe('an order that pay has no room for', () => {
  for (const code of ['overloaded', 'deadline-passed', 'payment-unavailable'])
    test(`is refused when pay says ${code}: nothing was charged, and nothing is left to find out`, async () => {
      the.pay.answers(refusing(code, '7'));
      const { status, headers, body } = await order(the);
      assert.deepEqual([status, body.code, headers['retry-after']], [503, 'payment-unavailable', '7']);
      const { orderId } = the.pay.requests.at(-1)?.body ?? {};
      assert.equal((await the.app.get(`/orders/${orderId}`)).body.status, 'PaymentFailed');
      await the.app.settled();
      assert.deepEqual(the.app.published(orderId), []);
    });

  for (const [hint, told] of [
    [undefined, '1'],
    ['soon', '1'],
    ['-4', '1'],
    ['86400', '60'],
  ] as const)
    test(`may come back after ${told} s when pay's hint is ${hint}`, async () => {
      the.pay.answers(refusing('overloaded', hint));
      assert.equal((await order(the)).headers['retry-after'], told);
    });

  for (const hint of ['-4', '0', '86400'])
    test(`may come back within a minute when pay can't charge and its hint is ${hint}`, async () => {
      the.pay.answers(refusing('payment-unavailable', hint));
      const told = Number((await order(the)).headers['retry-after']);
      assert.ok(told >= 1 && told <= 60, `${told}`);
    });

  test('is pending when a 503 is not pay’s own word: something behind it may have charged', async () => {
    the.pay.answers(refusing('some-proxy', '7'));
    assert.equal((await order(the)).status, 202);
  });
});

describe('while pay refuses persistently', () => {
  test('orders are refused without asking it, and taken again by themselves', async () => {
    the.pay.answers(refusing('overloaded', '1'));
    for (let calls = 0; calls < 60; calls++) await order(the);
    const before = charges();
    const startedAt = performance.now();
    for (let calls = 0; calls < 20; calls++) {
      const { status, headers } = await order(the);
      assert.equal(status, 503);
      assert.ok(Number(headers['retry-after']) >= 1);
    }
    // One is let through each second at most, to see whether pay is well again; on a busy machine these take seconds.
    const probes = 1 + Math.floor((performance.now() - startedAt) / 1_000);
    const asked = charges() - before;
    assert.ok(asked <= probes, `pay was asked for ${asked} of 20 orders`);
    the.pay.answers(payed);
    let taken = false;
    for (const until = Date.now() + 10_000; !taken && Date.now() < until; )
      taken = (await order(the)).status === 201;
    assert.ok(taken, 'no order was taken within 10 s');
  });
});

describe('an order whose client will not wait', () => {
  test('is not charged when its time is over before its turn at pay', async () => {
    const from = charges();
    the.pay.answers(() => 'silence');
    const blockers = Array.from({ length: 16 }, () => order(the));
    await eventually(() => assert.equal(charges(), from + 16));
    const late = await order(the, { item: 'LG10', qty: 1 }, { 'x-envoy-expected-rq-timeout-ms': '40' });
    assert.deepEqual([late.status, late.body.code], [503, 'payment-unavailable']);
    assert.equal(charges(), from + 16);
    await the.pay.down();
    await the.pay.up();
    await Promise.all(blockers);
  });
});
