import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { eventually, type FakeAnswer } from '@phone82/testkit';
import { appUnderTest, order, payed } from './app-under-test.ts';

const listing = (...orderIds: unknown[]): FakeAnswer => ({
  status: 200,
  body: { _embedded: { payments: orderIds.map((orderId) => ({ orderId, process: 'Payed' })) } },
});
let payments: FakeAnswer = listing();
const the = appUnderTest({}, { listing: () => payments });
afterEach(() => the.pay.answers(payed));

const restartedWith = async (answer: FakeAnswer) => {
  payments = answer;
  await the.restart();
};
const numbered = async (): Promise<number> => {
  const { status, body, text } = await order(the);
  assert.equal(status, 201, text);
  return body.id;
};

describe('order numbers', () => {
  test('begin above the highest order that pay has a payment of', async () => {
    await restartedWith(listing(4_000, 3_999));
    assert.equal(await numbered(), 4_001);
    assert.equal(await numbered(), 4_002);
  });

  test('never go back, whatever pay knows', async () => {
    const last = await numbered();
    await restartedWith(listing(17));
    assert.equal(await numbered(), last + 1);
  });

  test('go on with none of pay’s, or none that can be one', async () => {
    const last = await numbered();
    await restartedWith(listing(null, 'x', 1.5, 9_007_199_254_740_991));
    assert.equal(await numbered(), last + 1);
  });

  for (const answer of [{ status: 500 }, { status: 404 }, { status: 200, body: {} }, 'reset'] as const)
    test(`are not given while pay answers ${JSON.stringify(answer)}: the order is refused, and the next one taken when pay is back`, async () => {
      await restartedWith(answer);
      const { status, headers, body } = await order(the);
      assert.deepEqual([status, body.code, headers['retry-after']], [503, 'payment-unavailable', '1']);
      payments = listing();
      await eventually(async () => assert.equal((await order(the)).status, 201), { timeoutMs: 10_000 });
    });

  test('are raised when pay turns out to have a payment under one of them', async () => {
    await restartedWith(listing());
    const last = await numbered();
    payments = listing(last + 60);
    the.pay.answers(() => ({ status: 422, body: { code: 'payment-mismatch' } }));
    assert.equal((await order(the)).status, 503);
    the.pay.answers(payed);
    assert.equal(await numbered(), last + 61);
  });

  test('are raised under load without one given twice', async () => {
    await restartedWith(listing());
    const last = await numbered();
    payments = listing(last + 1_000);
    the.pay.answers((request) =>
      (request.body?.orderId ?? 0) <= last + 1_000
        ? { status: 422, body: { code: 'payment-mismatch' } }
        : payed(request),
    );
    const answers = await Promise.all(Array.from({ length: 200 }, () => order(the)));
    const taken = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
    assert.ok(answers.every(({ status }) => status === 201 || status === 503));
    assert.equal(new Set(taken).size, taken.length);
    assert.ok(taken.every((id) => id > last + 1_000));
    assert.ok((await numbered()) > last + 1_000);
  });
});

describe('ORDER_ID_START', () => {
  const later = appUnderTest({ ORDER_ID_START: '500000' });
  before(() => later.pay.answers(payed));

  test('is the first number that is given', async () => {
    assert.equal((await order(later)).body.id, 500_000);
    assert.equal((await order(later)).body.id, 500_001);
  });
});
