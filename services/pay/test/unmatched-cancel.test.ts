import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { becomes, charge, found, ledger, measured, orderCancelled, payed, typesOf } = storyOf(the);

/** pay's database is restored from a backup that is older than the payment; the PSP has it still. */
const losePayment = (orderId: number) =>
  the.pay.database.kysely.deleteFrom('payments').where('id', '=', orderId).execute();
const stuck = () => measured('saga_waiting', { state: 'CancelUnmatched' });
const isStuck = (count: number) =>
  eventually(async () => {
    the.environment.jump(20_000);
    assert.equal(await stuck(), count);
  });
const cancelled = async (orderId: number, differing: object = {}) => {
  await the.pay.publish(orderCancelled(orderId, differing));
  await the.pay.settled();
};

describe('the cancel of an order whose payment is not here', () => {
  test('gives the money back if the PSP has it, and tells of it with the reference of the order', async () => {
    const orderId = await payed();
    await losePayment(orderId);
    await cancelled(orderId);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
    const refunds = the.pay.published(orderId).filter(({ eventType }) => eventType === 'PayCancelled');
    assert.deepEqual(
      refunds.map((event) => 'reference' in event && event.reference),
      [`ref-${orderId}`],
    );
  });

  test('stays where an operator sees it if the PSP has no money of it either, and nobody hears of a refund', async () => {
    const orderId = newOrderId();
    await cancelled(orderId);
    await isStuck(1);
    const { process, nextTryAt } = await found(orderId);
    assert.equal(process, 'Voided');
    assert.ok(Date.parse(nextTryAt) > 0, 'it is looked for on');
    assert.ok((await measured('saga_age_seconds', { state: 'CancelUnmatched' })) > 0);
    assert.deepEqual(typesOf(orderId), []);
    assert.equal((await the.pay.patch(`/payments/${orderId}`, { process: 'void' })).status, 200);
    await isStuck(0);
    assert.deepEqual(typesOf(orderId), []);
  });

  test('is explained by a charge that it had overtaken, which is refused', async () => {
    const orderId = newOrderId();
    await cancelled(orderId);
    const { status, body } = await charge(orderId);
    assert.deepEqual([status, body.code], [409, 'payment-voided']);
    await isStuck(0);
    assert.deepEqual([(await found(orderId)).process, await ledger(orderId)], ['Voided', []]);
  });

  test('that names no price is not looked up by amount, and stays visible', async () => {
    const orderId = newOrderId();
    await cancelled(orderId, { price: undefined, reference: undefined });
    await isStuck(1);
    await the.pay.patch(`/payments/${orderId}`, { process: 'void' });
    await isStuck(0);
  });
});

test('the cancel of another order with the same id takes back no payment', async () => {
  const orderId = await payed();
  await cancelled(orderId, { reference: 'of another order' });
  assert.equal((await found(orderId)).process, 'Payed');
  assert.deepEqual(await ledger(orderId), ['charge 500000']);
});
