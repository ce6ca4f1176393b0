import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, outcomeOf, pspUnderTest } from './psp-under-test.ts';

const DAY_MS = 24 * 3_600_000;
const key = { 'idempotency-key': 'phone82-7:charge' };

describe('an idempotency key', () => {
  test('brings the first answer again, and no second charge', async () => {
    const { charge, moneyOf } = pspUnderTest();
    const first = await charge(7, {}, key);
    assert.deepEqual(await charge(7, {}, key), first);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
  });

  test('brings the answer as it was, though the payment was cancelled since', async () => {
    const { charge, cancel } = pspUnderTest();
    const first = await charge(7, {}, key);
    await cancel(bodyOf(first).paymentKey);
    assert.deepEqual(await charge(7, {}, key), first);
  });

  test('counts whatever the body', async () => {
    const { charge } = pspUnderTest();
    const first = await charge(7, {}, key);
    assert.deepEqual(await charge(8, { amount: 100 }, key), first);
  });

  test('counts for one URL only', async () => {
    const { charge, post } = pspUnderTest();
    await charge(7, {}, key);
    const reply = await post('/v1/billing/billing-2', { ...chargeOf8 }, key);
    assert.deepEqual(outcomeOf(reply), [200, 'DONE']);
  });

  test('brings a refusal again, after its reason is gone', async () => {
    const { charge, moneyOf } = pspUnderTest();
    await charge(7, {}, { ...key, 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [403, 'REJECT_CARD_PAYMENT']);
    assert.deepEqual(await moneyOf(7), []);
  });

  test('is free again after a failure of the PSP’s own', async () => {
    const { charge } = pspUnderTest();
    const failed = await charge(
      7,
      {},
      { ...key, 'tosspayments-test-code': 'FAILED_INTERNAL_SYSTEM_PROCESSING' },
    );
    assert.deepEqual(outcomeOf(failed), [500, 'FAILED_INTERNAL_SYSTEM_PROCESSING']);
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [200, 'DONE']);
  });

  test('is refused while its request is under way, and brings the answer then', async () => {
    const { psp, charge, environment } = pspUnderTest();
    psp.misbehaviours.set({ rules: [{ kind: 'slow', ms: 1_000, commit: 'last', times: 1 }] });
    const slow = charge(7, {}, key);
    await environment.advance(999);
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [409, 'IDEMPOTENT_REQUEST_PROCESSING']);
    await environment.advance(1);
    assert.deepEqual(await charge(7, {}, key), await slow);
  });

  test('has 1 to 300 characters', async () => {
    const { charge } = pspUnderTest();
    const withKey = async (text: string) => outcomeOf(await charge(7, {}, { 'idempotency-key': text }));
    assert.deepEqual(await withKey('k'.repeat(301)), [400, 'INVALID_IDEMPOTENCY_KEY']);
    assert.deepEqual(await withKey(''), [400, 'INVALID_IDEMPOTENCY_KEY']);
    assert.deepEqual(await withKey('k'.repeat(300)), [200, 'DONE']);
  });

  test('counts for 15 days', async () => {
    const { charge, environment } = pspUnderTest();
    const first = await charge(7, {}, key);
    await environment.advance(15 * DAY_MS);
    assert.deepEqual(await charge(7, {}, key), first);
    await environment.advance(1);
    assert.deepEqual(outcomeOf(await charge(7, {}, key)), [400, 'DUPLICATED_ORDER_ID']);
  });

  test('is forgotten after 15 days, a thousand at once until none is left', async () => {
    const { psp, ledger, charge, environment } = pspUnderTest();
    for (let order = 1; order <= 1_001; order++)
      await charge(order, {}, { 'idempotency-key': `key-${order}` });
    const { retention } = psp.jobs;
    const { signal } = new AbortController();
    await environment.advance(15 * DAY_MS);
    assert.equal(await retention.run(signal), 'done');
    await environment.advance(1);
    assert.deepEqual([await retention.run(signal), await retention.run(signal)], ['more', 'done']);
    const left = await ledger.transact((books) => books.forgetReplies(Number.MAX_SAFE_INTEGER, 10));
    assert.equal(left, 0);
  });
});

const chargeOf8 = { customerKey: 'demo', amount: 100, orderId: 'phone82-8', orderName: 'LG10' };
