import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest({
  ACCEPT_PAYMENTS_WITHOUT_PRICE: 'true',
  PSP_SECRET_KEY: 'test_sk_another',
  // The reconciliation at start would ask with the same keys at the same time.
  RECONCILE_AT: '23:59',
});
const { charge, ledger, found, cancel, measured } = storyOf(the);

test('with keys that the PSP does not know every charge is refused, and the PSP is asked but once in a while', async () => {
  const orderIds = Array.from({ length: 20 }, newOrderId);
  for (const orderId of orderIds) {
    const { status, body, headers } = await charge(orderId);
    assert.deepEqual([status, body.code], [503, 'payment-unavailable']);
    assert.ok(Number(headers['retry-after']) > 20);
    assert.deepEqual(await ledger(orderId), []);
  }
  assert.equal((await found(orderIds[0] ?? 0)).declineCode, 'UNAUTHORIZED_KEY');
  assert.equal(await measured('psp_keys_refused_total', { code: 'UNAUTHORIZED_KEY' }), 1);
  assert.equal(
    await measured('remote_call_duration_seconds_count', { remote: 'psp', operation: 'charge' }),
    1,
  );
});

test('an order of nothing is still paid and given back', async () => {
  const orderId = newOrderId();
  await charge(orderId, 0);
  await cancel(orderId);
  await eventually(async () => assert.equal((await found(orderId)).process, 'PayCancelled'));
});
