import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, outcomeOf, pspUnderTest } from './psp-under-test.ts';

async function charged(amount = 1_000) {
  const under = pspUnderTest();
  const { paymentKey } = bodyOf(await under.charge(7, { amount }));
  return { ...under, cancel: (fields?: object) => under.cancel(paymentKey, fields) };
}

describe('a cancel', () => {
  test('gives all back and shows it', async () => {
    const { cancel, moneyOf } = await charged();
    const payment = bodyOf(await cancel());
    assert.deepEqual([payment.status, payment.balanceAmount], ['CANCELED', 0]);
    const [entry, ...others] = payment.cancels;
    assert.deepEqual(others, []);
    assert.equal(entry.transactionKey, payment.lastTransactionKey);
    assert.deepEqual([entry.cancelAmount, entry.refundableAmount], [1_000, 0]);
    assert.deepEqual(
      [entry.cancelReason, entry.canceledAt],
      ['no longer wanted', '2026-01-01T09:00:00+09:00'],
    );
    assert.deepEqual(await moneyOf(7), [[1_000, 1_000, 1, 1]]);
  });

  test('gives a part back, then the rest', async () => {
    const { cancel, moneyOf } = await charged();
    const first = bodyOf(await cancel({ cancelAmount: 300 }));
    assert.deepEqual([first.status, first.balanceAmount], ['PARTIAL_CANCELED', 700]);
    const second = bodyOf(await cancel());
    assert.deepEqual([second.status, second.cancels[1].cancelAmount], ['CANCELED', 700]);
    assert.deepEqual(await moneyOf(7), [[1_000, 1_000, 1, 2]]);
  });

  test('of more than is left is refused', async () => {
    const { cancel, moneyOf } = await charged();
    await cancel({ cancelAmount: 300 });
    assert.deepEqual(outcomeOf(await cancel({ cancelAmount: 701 })), [403, 'NOT_CANCELABLE_AMOUNT']);
    assert.deepEqual(await moneyOf(7), [[1_000, 300, 1, 1]]);
  });

  test('is refused the second time', async () => {
    const { cancel, moneyOf } = await charged();
    await cancel();
    assert.deepEqual(outcomeOf(await cancel()), [400, 'ALREADY_CANCELED_PAYMENT']);
    assert.deepEqual(await moneyOf(7), [[1_000, 1_000, 1, 1]]);
  });

  test('is refused for what was never taken', async () => {
    const { charge, get, cancel } = pspUnderTest();
    assert.deepEqual(outcomeOf(await cancel('nothing')), [404, 'NOT_FOUND_PAYMENT']);
    await charge(7, {}, { 'tosspayments-test-code': 'REJECT_CARD_COMPANY' });
    const { paymentKey } = bodyOf(await get('/v1/payments/orders/phone82-7'));
    assert.deepEqual(outcomeOf(await cancel(paymentKey)), [403, 'NOT_CANCELABLE_PAYMENT']);
  });

  for (const fields of [{ cancelReason: '' }, { cancelReason: 'r'.repeat(201) }, { cancelAmount: 0 }])
    test(`is refused with ${JSON.stringify(fields).slice(0, 40)}`, async () => {
      const { cancel } = await charged();
      assert.deepEqual(outcomeOf(await cancel(fields)), [400, 'INVALID_REQUEST']);
    });
});
