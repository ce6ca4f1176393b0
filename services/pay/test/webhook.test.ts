import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';
import { PREFIX } from './simulated-psp.ts';

const the = payUnderTest();
const { charge, payed, cancel, found, instruct, ledger, becomes, measured } = storyOf(the);
afterEach(() => instruct('approve'));

let transmissions = 0;
const nextTransmission = () => `transmission-${++transmissions}`;
const news = (orderId: number | string, status: string) => ({
  eventType: 'PAYMENT_STATUS_CHANGED',
  createdAt: '2026-01-01T00:00:00.000000',
  data: { orderId: `${PREFIX}${orderId}`, status, paymentKey: 'anything', totalAmount: 1 },
});
const send = (body: unknown, transmissionId = nextTransmission()) =>
  the.pay.post('/webhooks/toss', body, { 'tosspayments-webhook-transmission-id': transmissionId });

const counted = (outcome: string) => measured('psp_webhooks_total', { outcome });

/** A payment whose outcome is not known, and whose own look-up is far away. */
async function undecided(orderId = newOrderId()): Promise<number> {
  the.psp.misbehave({ kind: 'dropRequest' });
  await charge(orderId);
  return orderId;
}

describe('news of the PSP', () => {
  test('brings the look-up of an undecided payment forward', async () => {
    const orderId = await undecided();
    await postpone(orderId);
    instruct('approve');
    assert.equal((await send(news(orderId, 'DONE'))).status, 200);
    await becomesWithoutTimePassing(orderId, 'Payed');
    assert.deepEqual(await ledger(orderId), ['charge 500000']);
  });

  test('is not believed: only the look-up decides', async () => {
    const orderId = await undecided();
    await postpone(orderId);
    the.psp.misbehave({ kind: 'decline', code: 'REJECT_CARD_PAYMENT', operation: 'charge' });
    await send(news(orderId, 'DONE'));
    await becomesWithoutTimePassing(orderId, 'Declined');
  });

  test('that comes again is heeded once', async () => {
    const orderId = await undecided();
    await postpone(orderId);
    const before = await counted('repeated');
    await send(news(orderId, 'DONE'), 'twice');
    await postpone(orderId);
    await send(news(orderId, 'DONE'), 'twice');
    assert.equal(await counted('repeated'), before + 1);
    instruct('approve');
    the.environment.jump(300_000);
    await becomes(orderId, 'Payed');
  });

  test('of a charge that came after the payment was given up sends the money back', async () => {
    const orderId = newOrderId();
    the.psp.misbehave({ kind: 'slow', ms: 20_000, commit: 'last', operation: 'charge' });
    const answer = charge(orderId);
    await eventually(async () => assert.equal((await found(orderId)).process, 'Requested'));
    await cancel(orderId);
    await becomesWithoutTimePassing(orderId, 'Voided');
    the.environment.jump(20_000);
    await answer;
    await becomes(orderId, 'PayCancelled');
    assert.deepEqual(await ledger(orderId), ['charge 500000', 'refund 500000']);
  });

  test('of a payment that is settled costs no call to the PSP', async () => {
    const orderId = await payed();
    const before = await measured('remote_call_duration_seconds_count', { remote: 'psp' });
    for (const status of ['DONE', 'CANCELED', 'PARTIAL_CANCELED', 'ABORTED', 'READY'])
      await send(news(orderId, status));
    assert.equal((await found(orderId)).nextTryAt, null);
    assert.equal(await measured('remote_call_duration_seconds_count', { remote: 'psp' }), before);
  });
});

describe('what is no news', () => {
  for (const [what, body, outcome] of [
    [
      'of another system of the merchant',
      { ...news(1, 'DONE'), data: { orderId: 'other-1', status: 'DONE' } },
      'foreign',
    ],
    ['of an order number that we never gave', news('abc', 'DONE'), 'foreign'],
    ['of an order that does not exist', news(99_999_999, 'DONE'), 'noPayment'],
    ['of another kind', { ...news(1, 'DONE'), eventType: 'DEPOSIT_CALLBACK' }, 'otherEvent'],
    ['without what is needed', { eventType: 'PAYMENT_STATUS_CHANGED' }, 'malformed'],
    ['that is no JSON', 'PAYMENT_STATUS_CHANGED', 'malformed'],
    ['of nothing', '', 'malformed'],
  ] as const)
    test(`${what} is answered with 200, counted and passed over`, async () => {
      const before = await counted(outcome);
      assert.equal((await send(body)).status, 200);
      assert.equal(await counted(outcome), before + 1);
    });

  test('in a form, or without a type, is answered the same', async () => {
    const { status } = await the.pay.post('/webhooks/toss', 'a=b', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(status, 200);
  });

  test('that is too large is refused', async () => {
    assert.equal((await send('x'.repeat(70_000))).status, 413);
  });
});

async function becomesWithoutTimePassing(orderId: number, process: string): Promise<void> {
  await eventually(async () => assert.equal((await found(orderId)).process, process));
}

async function postpone(orderId: number): Promise<void> {
  const inAWhile = the.environment.now() + 300_000;
  await eventually(async () => {
    await the.pay.database.kysely
      .updateTable('payments')
      .set((row) => ({ due_at: inAWhile, version: row('version', '+', 1) }))
      .where('id', '=', orderId)
      .execute();
    assert.equal((await found(orderId)).nextTryAt, new Date(inAWhile).toISOString());
  });
}
