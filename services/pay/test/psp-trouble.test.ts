import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';
import { callPsp, PREFIX } from './simulated-psp.ts';

const the = payUnderTest({ ACCEPT_PAYMENTS_WITHOUT_PRICE: 'true' });
const { charge, payed, cancel, found, ledger, typesOf, becomes, measured } = storyOf(the);
afterEach(() => the.psp.misbehave());

describe('while the PSP cannot be reached', () => {
  test('a charge is refused with a time to come back, is never taken later, and charges go on when it is back', async () => {
    const orderId = newOrderId();
    await the.psp.down();
    const { status, body, headers } = await charge(orderId);
    assert.deepEqual([status, body.code], [503, 'payment-unavailable']);
    assert.ok(Number(headers['retry-after']) >= 1);
    await the.psp.up();
    const left = await found(orderId);
    assert.deepEqual([left.process, left.declineCode, left.nextTryAt], ['Declined', 'NOT_SENT', null]);
    the.environment.jump(600_000);
    assert.equal((await charge(orderId)).status, 402);
    assert.deepEqual([await ledger(orderId), typesOf(orderId)], [[], []]);
    await payed();
  });

  test('a refund waits, and is done when it is back', async () => {
    const orderId = await payed();
    await the.psp.down();
    await cancel(orderId);
    await eventually(async () => {
      the.environment.jump(2_000);
      assert.ok((await found(orderId)).attempts >= 2);
    });
    await the.psp.up();
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
  });
});

describe('a charge that the PSP answers with an error of its own', () => {
  test('once is taken all the same', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({
      kind: 'error',
      status: 500,
      code: 'FAILED_INTERNAL_SYSTEM_PROCESSING',
      operation: 'charge',
      times: 1,
    });
    assert.equal((await charge(orderId)).status, 202);
    await becomes(orderId, 'Payed');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
  });

  test('again and again is given up, and is watched until nothing can come of it', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({ kind: 'error', status: 400, code: 'PROVIDER_ERROR', operation: 'charge' });
    await charge(orderId);
    await becomes(orderId, 'Declined');
    const ended = await found(orderId);
    assert.equal(ended.declineCode, 'PROVIDER_ERROR');
    assert.ok(Date.parse(ended.nextTryAt) > 0);
    the.psp.misbehave();
    await eventually(async () => {
      the.environment.jump(20_000);
      assert.equal((await found(orderId)).nextTryAt, null);
    });
    assert.deepEqual(await ledger(orderId), []);
  });

  test('and takes after it was given up goes back', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({ kind: 'error', status: 400, code: 'PROVIDER_ERROR', operation: 'charge' });
    await charge(orderId);
    await becomes(orderId, 'Declined');
    the.psp.misbehave();
    await chargeBehindPaysBack(orderId);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCancelled']);
  });
});

describe('a charge that nobody could find out', () => {
  test('for longer than a customer waits is not sent any more', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({ kind: 'down' });
    await charge(orderId);
    the.environment.jump(11 * 60_000);
    the.psp.misbehave();
    await becomes(orderId, 'Declined');
    assert.deepEqual(await ledger(orderId), []);
  });

  test('and that somebody gave back at the PSP itself forms no payment', async () => {
    const orderId = newOrderId();
    the.psp.misbehave(
      { kind: 'dropReply', operation: 'charge' },
      { kind: 'error', status: 500, operation: 'lookUp' },
    );
    await charge(orderId);
    await cancelBehindPaysBack(orderId);
    the.psp.misbehave();
    await becomes(orderId, 'Declined');
    assert.equal((await found(orderId)).declineCode, 'CANCELLED_AT_PSP');
    assert.deepEqual(typesOf(orderId), []);
  });
});

describe('a refund that the PSP refuses', () => {
  test('stays pending with the reason, and is done when a person gave the money back there', async () => {
    const orderId = await payed();
    the.psp.misbehave({ kind: 'decline', code: 'EXCEED_MAX_REFUND_DUE', operation: 'cancel' });
    await cancel(orderId);
    await eventually(async () =>
      assert.equal((await found(orderId)).refundRefusedCode, 'EXCEED_MAX_REFUND_DUE'),
    );
    // The reason is written down first, then when the next try is.
    await eventually(async () => {
      const { process, nextTryAt } = await found(orderId);
      assert.equal(process, 'CancelPending');
      assert.ok(Date.parse(nextTryAt) - the.environment.now() > 5 * 60_000, 'it is not hurried');
    });
    assert.equal(await measured('psp_refunds_refused_total', { code: 'EXCEED_MAX_REFUND_DUE' }), 1);
    await cancelBehindPaysBack(orderId);
    the.environment.jump(11 * 60_000);
    await becomes(orderId, 'PayCancelled');
    assert.equal((await found(orderId)).refundRefusedCode, null);
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
    assert.deepEqual(typesOf(orderId), ['PayCompleted', 'PayCancelled']);
  });

  test('is done as soon as the PSP tells that a person gave the money back there', async () => {
    const orderId = await payed();
    the.psp.misbehave({ kind: 'decline', code: 'REFUND_REJECTED', operation: 'cancel' });
    await cancel(orderId);
    await eventually(async () => assert.equal((await found(orderId)).refundRefusedCode, 'REFUND_REJECTED'));
    await cancelBehindPaysBack(orderId);
    const data = { orderId: `${PREFIX}${orderId}`, status: 'CANCELED' };
    await eventually(async () => {
      await the.pay.post('/webhooks/toss', { eventType: 'PAYMENT_STATUS_CHANGED', data });
      assert.equal((await found(orderId)).process, 'PayCancelled');
    });
  });

  test('in passing, by an answer that the PSP repeats, is done in another round', async () => {
    const orderId = await payed();
    the.psp.misbehave({ kind: 'decline', code: 'PROVIDER_ERROR', operation: 'cancel', times: 1 });
    await cancel(orderId);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
  });

  test('of which a part was given back before returns the rest', async () => {
    const orderId = await payed();
    await cancelBehindPaysBack(orderId, 200_000);
    await cancel(orderId);
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 200000', 'refund 300000']);
  });
});

describe('a payment of nothing', () => {
  test('never reaches the PSP, neither to charge nor to give back', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({ kind: 'down' });
    assert.equal((await charge(orderId, 0)).status, 201);
    await cancel(orderId);
    await becomes(orderId, 'PayCancelled');
  });
});

async function cancelBehindPaysBack(orderId: number, cancelAmount?: number): Promise<void> {
  const payment = await callPsp(the.psp.api, 'GET', `/v1/payments/orders/${PREFIX}${orderId}`);
  const { paymentKey } = payment as { paymentKey: string };
  const body = { cancelReason: 'by hand', ...(cancelAmount && { cancelAmount }) };
  await callPsp(the.psp.api, 'POST', `/v1/payments/${paymentKey}/cancel`, body);
}

async function chargeBehindPaysBack(orderId: number): Promise<void> {
  const body = {
    customerKey: 'customer-demo',
    amount: 500_000,
    orderId: `${PREFIX}${orderId}`,
    orderName: 'late',
  };
  await callPsp(the.psp.api, 'POST', '/v1/billing/billing-demo', body);
}
