import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryLedger, createPsp, type WebhookMessage } from '../src/index.ts';
import { bodyOf, pspUnderTest } from './psp-under-test.ts';

const MINUTE_MS = 60_000;

function withReceiver(takes: () => boolean = () => true) {
  const received: WebhookMessage[] = [];
  const deliver = async (message: WebhookMessage) => {
    received.push(message);
    return takes();
  };
  const ledger = createMemoryLedger();
  const under = pspUnderTest({ deliver, ledger });
  const send = (psp = under.psp) => psp.jobs.webhooks?.run(new AbortController().signal);
  return {
    ...under,
    ledger,
    deliver,
    received,
    send,
    news: () => received.map(({ body }) => body.data.status),
  };
}

describe('webhooks', () => {
  test('tell of each change of a payment’s status, as it was then', async () => {
    const { charge, cancel, received, send, news } = withReceiver();
    const { paymentKey } = bodyOf(await charge(7, { amount: 1_000 }));
    await cancel(paymentKey, { cancelAmount: 400 });
    await cancel(paymentKey);
    await send();
    assert.deepEqual(news(), ['DONE', 'PARTIAL_CANCELED', 'CANCELED']);
    assert.equal(new Set(received.map(({ transmissionId }) => transmissionId)).size, 3);
    const [first] = received;
    assert.deepEqual(
      [first?.body.eventType, first?.body.data.orderId],
      ['PAYMENT_STATUS_CHANGED', 'phone82-7'],
    );
    await send();
    assert.equal(received.length, 3, 'what was taken is not sent again');
  });

  test('tell of a declined charge, and neither of look-ups nor of repetitions', async () => {
    const { charge, get, send, news } = withReceiver();
    const key = { 'idempotency-key': 'phone82-7:charge' };
    await charge(7, {}, { ...key, 'tosspayments-test-code': 'REJECT_CARD_PAYMENT' });
    await charge(7, {}, key);
    await get('/v1/payments/orders/phone82-7');
    await send();
    assert.deepEqual(news(), ['ABORTED']);
  });

  test('are sent by the next process, where the last one did not get to it', async () => {
    const { charge, ledger, deliver, environment, received, send } = withReceiver();
    await charge(7);
    await send(createPsp({ ledger, deliver, environment }));
    assert.equal(received.length, 1);
  });

  test('are repeated up to seven times, ever later, under the same transmission id', async () => {
    const { charge, environment, received, send } = withReceiver(() => false);
    await charge(7);
    await send();
    for (const minutes of [1, 4, 16, 64, 256, 1_024, 4_096]) {
      const before = received.length;
      await environment.advance(minutes * MINUTE_MS - 1);
      await send();
      assert.equal(received.length, before, `nothing within ${minutes} min`);
      await environment.advance(1);
      await send();
      assert.equal(received.length, before + 1, `once after ${minutes} min`);
    }
    await environment.advance(100_000 * MINUTE_MS);
    await send();
    assert.equal(received.length, 8, 'then it is given up');
    assert.equal(new Set(received.map(({ transmissionId }) => transmissionId)).size, 1);
  });

  test('are repeated when the receiver can’t be reached', async () => {
    const { charge, environment, received, send } = withReceiver(() => {
      if (received.length === 1) throw new Error('connection refused');
      return true;
    });
    await charge(7);
    await send();
    await environment.advance(MINUTE_MS);
    await send();
    assert.equal(received.length, 2);
  });

  test('come late, twice, or never, as they are told to', async () => {
    const { psp, charge, environment, received, send } = withReceiver();
    psp.misbehaviours.set({ webhooks: { delayMs: 500, copies: 2 } });
    await charge(7);
    await environment.advance(499);
    await send();
    assert.equal(received.length, 0);
    await environment.advance(1);
    await send();
    assert.equal(received.length, 2);
    assert.equal(received[0]?.transmissionId, received[1]?.transmissionId);
    psp.misbehaviours.set({ webhooks: { lose: 1 } });
    await charge(8);
    await environment.advance(MINUTE_MS);
    await send();
    assert.equal(received.length, 2);
  });

  test('overtake each other when they are shuffled', async () => {
    const { psp, charge, environment, received, send } = withReceiver();
    psp.misbehaviours.set({ webhooks: { shuffle: true } });
    for (let order = 1; order <= 9; order++) await charge(order);
    await environment.advance(1_000);
    await send();
    const orders = received.map(({ body }) => body.data.orderId);
    assert.equal(orders.length, 9);
    assert.notDeepEqual(orders, orders.toSorted());
  });

  test('are no longer written down while ten thousand wait', async () => {
    const { ledger, charge } = withReceiver();
    for (let order = 1; order <= 10_001; order++) await charge(order);
    assert.equal(await ledger.transact((books) => books.pendingWebhooks()), 10_000);
  });
});
