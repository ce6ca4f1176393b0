import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outcomeOf, pspUnderTest } from './psp-under-test.ts';

const MINUTE_MS = 60_000;
const order = { orderId: 'phone82-7', amount: 899_000 };

async function session(authenticated = true) {
  const under = pspUnderTest();
  const { paymentKey } = await under.psp.openSession({ ...order, authenticated });
  const confirm = (fields: object = {}) =>
    under.post('/v1/payments/confirm', { paymentKey, ...order, ...fields });
  const status = async () => outcomeOf(await under.get(`/v1/payments/${paymentKey}`));
  return { ...under, confirm, status };
}

describe('a payment begun in the browser', () => {
  test('is taken when it is confirmed', async () => {
    const { confirm, status, moneyOf } = await session();
    assert.deepEqual(await status(), [200, 'IN_PROGRESS']);
    assert.deepEqual(outcomeOf(await confirm()), [200, 'DONE']);
    assert.deepEqual(await status(), [200, 'DONE']);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
  });

  test('is taken once', async () => {
    const { confirm, moneyOf } = await session();
    await confirm();
    assert.deepEqual(outcomeOf(await confirm()), [400, 'ALREADY_PROCESSED_PAYMENT']);
    assert.deepEqual(await moneyOf(7), [[899_000, 0, 1, 0]]);
  });

  test('is not taken beside another payment of its order', async () => {
    const { confirm, charge } = await session();
    await charge(7);
    assert.deepEqual(outcomeOf(await confirm()), [400, 'ALREADY_PROCESSED_PAYMENT']);
  });

  for (const fields of [{ amount: 100 }, { orderId: 'phone82-8' }])
    test(`is not taken for ${JSON.stringify(fields)}`, async () => {
      const { confirm } = await session();
      assert.deepEqual(outcomeOf(await confirm(fields)), [400, 'INVALID_REQUEST']);
    });

  test('can be confirmed for ten minutes after the customer authenticated', async () => {
    const inTime = await session();
    await inTime.environment.advance(10 * MINUTE_MS - 1);
    assert.deepEqual(outcomeOf(await inTime.confirm()), [200, 'DONE']);
    const late = await session();
    await late.environment.advance(10 * MINUTE_MS);
    assert.deepEqual(await late.status(), [200, 'EXPIRED']);
    assert.deepEqual(outcomeOf(await late.confirm()), [404, 'NOT_FOUND_PAYMENT_SESSION']);
  });

  test('waits half an hour for the customer, and is not taken without them', async () => {
    const { confirm, status, environment } = await session(false);
    assert.deepEqual(await status(), [200, 'READY']);
    assert.deepEqual(outcomeOf(await confirm()), [404, 'NOT_FOUND_PAYMENT_SESSION']);
    await environment.advance(30 * MINUTE_MS);
    assert.deepEqual(await status(), [200, 'EXPIRED']);
  });

  test('is aborted when its card is declined', async () => {
    const { psp, confirm, status, moneyOf } = await session();
    psp.misbehaviours.set({
      rules: [{ kind: 'decline', code: 'INVALID_STOPPED_CARD', operation: 'confirm' }],
    });
    assert.deepEqual(outcomeOf(await confirm()), [400, 'INVALID_STOPPED_CARD']);
    assert.deepEqual(await status(), [200, 'ABORTED']);
    assert.deepEqual(await moneyOf(7), []);
  });

  test('that was never begun can not be confirmed', async () => {
    const { confirm } = await session();
    assert.deepEqual(outcomeOf(await confirm({ paymentKey: 'other' })), [404, 'NOT_FOUND_PAYMENT_SESSION']);
  });
});
