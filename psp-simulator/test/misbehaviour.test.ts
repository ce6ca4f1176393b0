import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, outcomeOf, pspUnderTest } from './psp-under-test.ts';

const key = { 'idempotency-key': 'phone82-7:charge' };

function told(
  ...rules: Parameters<ReturnType<typeof pspUnderTest>['psp']['misbehaviours']['set']>[0]['rules'] & object
) {
  const under = pspUnderTest();
  under.psp.misbehaviours.set({ rules });
  return under;
}

describe('a PSP that was told to misbehave', () => {
  test('declines, and declines the repetition too', async () => {
    const { psp, charge, get, moneyOf } = told({ kind: 'decline', code: 'REJECT_CARD_PAYMENT' });
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [403, 'REJECT_CARD_PAYMENT']);
    psp.misbehaviours.clear();
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [403, 'REJECT_CARD_PAYMENT']);
    assert.deepEqual(outcomeOf(await get('/v1/payments/orders/phone82-7')), [200, 'ABORTED']);
    assert.deepEqual(await moneyOf(7), []);
  });

  test('takes the money and loses the answer', async () => {
    const { charge, moneyOf } = told({ kind: 'dropReply', times: 1 });
    assert.equal(outcomeOf(await charge(7, {}, key)), 'dropped');
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [200, 'DONE']);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
  });

  test('never hears of a request', async () => {
    const { charge, get } = told({ kind: 'dropRequest', operation: 'charge' });
    assert.equal(outcomeOf(await charge(7, {}, key)), 'dropped');
    assert.deepEqual(outcomeOf(await get('/v1/payments/orders/phone82-7')), [404, 'NOT_FOUND_PAYMENT']);
  });

  test('answers late, the money having moved at once', async () => {
    const { charge, moneyOf, environment } = told({ kind: 'slow', ms: 5_000 });
    const late = charge(7);
    await environment.advance(0);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
    assert.equal(await settled(late), false);
    await environment.advance(5_000);
    assert.deepEqual(outcomeOf(await late), [200, 'DONE']);
  });

  test('moves the money late, so that a look-up before finds nothing', async () => {
    const { charge, get, environment } = told({
      kind: 'slow',
      ms: 5_000,
      commit: 'last',
      operation: 'charge',
    });
    const late = charge(7);
    await environment.advance(4_999);
    assert.deepEqual(outcomeOf(await get('/v1/payments/orders/phone82-7')), [404, 'NOT_FOUND_PAYMENT']);
    await environment.advance(1);
    assert.deepEqual(outcomeOf(await late), [200, 'DONE']);
  });

  test('answers with an error that nothing is remembered of', async () => {
    const { charge } = told({ kind: 'error', status: 429, code: 'TOO_MANY_REQUESTS', times: 1 });
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [429, 'TOO_MANY_REQUESTS']);
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [200, 'DONE']);
  });

  test('is down for everyone until that is over', async () => {
    const { psp, charge, get } = told({ kind: 'down' });
    assert.equal(outcomeOf(await charge(7)), 'dropped');
    assert.equal(outcomeOf(await get('/v1/transactions')), 'dropped');
    psp.misbehaviours.clear();
    assert.deepEqual(outcomeOf(await charge(7)), [200, 'DONE']);
  });

  test('strikes the order that is named, in each of its operations', async () => {
    const { psp, charge, cancel, get } = pspUnderTest();
    const keys = [bodyOf(await charge(7)).paymentKey, bodyOf(await charge(8)).paymentKey];
    psp.misbehaviours.set({ rules: [{ kind: 'dropRequest', orderId: 'phone82-7' }] });
    const outcomes = async (order: number, paymentKey: string) => [
      outcomeOf(await charge(order)),
      outcomeOf(await get(`/v1/payments/orders/phone82-${order}`)),
      outcomeOf(await get(`/v1/payments/${paymentKey}`)),
      outcomeOf(await cancel(paymentKey)),
    ];
    assert.deepEqual(await outcomes(7, keys[0]), ['dropped', 'dropped', 'dropped', 'dropped']);
    assert.deepEqual(await outcomes(8, keys[1]), [
      [400, 'DUPLICATED_ORDER_ID'],
      [200, 'DONE'],
      [200, 'DONE'],
      [200, 'CANCELED'],
    ]);
  });

  test('strikes at the rate that is named', async () => {
    const { charge } = told({ kind: 'dropRequest', rate: 0.25 });
    let dropped = 0;
    for (let order = 1; order <= 400; order++) if (outcomeOf(await charge(order)) === 'dropped') dropped++;
    assert.ok(dropped > 70 && dropped < 130, `${dropped} of 400`);
  });

  test('strikes as often as it is told, and shows what is left', async () => {
    const { psp, charge } = told({ kind: 'dropRequest', times: 2 }, { kind: 'error', status: 500, times: 1 });
    assert.equal(outcomeOf(await charge(7)), 'dropped');
    assert.deepEqual(psp.misbehaviours.settings().rules, [
      { kind: 'dropRequest', times: 1 },
      { kind: 'error', status: 500, times: 1 },
    ]);
    assert.equal(outcomeOf(await charge(7)), 'dropped');
    assert.deepEqual(outcomeOf(await charge(7)), [500, 'COMMON_ERROR']);
    assert.deepEqual(outcomeOf(await charge(7)), [200, 'DONE']);
    assert.deepEqual(psp.misbehaviours.settings().rules, []);
  });

  test('refuses a refund with the code that it is told', async () => {
    const { psp, charge, cancel, moneyOf } = pspUnderTest();
    const { paymentKey } = bodyOf(await charge(7));
    psp.misbehaviours.set({
      rules: [{ kind: 'decline', code: 'FAILED_REFUND_PROCESS', operation: 'cancel' }],
    });
    assert.deepEqual(outcomeOf(await cancel(paymentKey)), [500, 'FAILED_REFUND_PROCESS']);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
  });
});

describe('the test-code header', () => {
  test('forces its error', async () => {
    const { get, charge } = pspUnderTest();
    const code = { 'tosspayments-test-code': 'PROVIDER_ERROR' };
    assert.deepEqual(outcomeOf(await charge(7, {}, code)), [400, 'PROVIDER_ERROR']);
    assert.deepEqual(outcomeOf(await get('/v1/payments/nothing', code)), [400, 'PROVIDER_ERROR']);
  });

  test('is refused with a code that there is not', async () => {
    const { charge } = pspUnderTest();
    const reply = await charge(7, {}, { 'tosspayments-test-code': 'NO_SUCH_CODE' });
    assert.deepEqual(outcomeOf(reply), [400, 'INVALID_REQUEST']);
  });
});

const settled = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), Promise.resolve(false)]);
