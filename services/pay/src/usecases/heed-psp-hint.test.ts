import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryReader, createMemoryUnitOfWork, manualEnvironment } from '@phone82/testkit';
import { voidedPayment } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { paymentMapping } from '../outbound/payment-mapping.ts';
import { heedPspHint } from './heed-psp-hint.ts';
import { createRecentIds } from './recent-ids.ts';

const ORDERS = 300;

async function settledPayments() {
  const environment = manualEnvironment();
  const payments = createMemoryUnitOfWork<Payment>({ environment });
  await payments.run(async (transaction) => {
    for (let id = 1; id <= ORDERS; id++) transaction.put(voidedPayment(id, 'demo', environment.now()));
  });
  const reads: number[] = [];
  const stored = createMemoryReader(payments, paymentMapping);
  const find = (id: number) => {
    reads.push(id);
    return stored.find(id);
  };
  const reader = { ...stored, find };
  const charged = createRecentIds(10);
  const heed = heedPspHint({ payments, reader, environment }, charged);
  const hint = (orderId: number) => heed({ transmissionId: null, orderId, status: 'charged' });
  return { environment, payments, heed, hint, charged, reads };
}

describe('a stranger who sends one piece of news after another', () => {
  test('has a few payments looked up, and then some per second', async () => {
    const { environment, hint } = await settledPayments();
    const outcomes: string[] = [];
    for (let id = 1; id <= 150; id++) outcomes.push(await hint(id));
    assert.equal(outcomes.filter((outcome) => outcome === 'lookUp').length, 100);
    assert.equal(outcomes.at(-1), 'tooMany');
    await environment.advance(1_000);
    for (let id = 200; id <= ORDERS; id++) outcomes.push(await hint(id));
    assert.equal(outcomes.filter((outcome) => outcome === 'lookUp').length, 120);
  });

  test('has a payment that is due already looked up no more often', async () => {
    const { hint } = await settledPayments();
    assert.deepEqual([await hint(1), await hint(1), await hint(1)], ['lookUp', 'nothingNew', 'nothingNew']);
  });

  test('learns nothing of orders that do not exist', async () => {
    const { hint, payments } = await settledPayments();
    assert.equal(await hint(ORDERS + 1), 'noPayment');
    assert.equal(payments.store.inbox.size, 0);
  });
});

describe('news of a charge that was just recorded', () => {
  test('is nothing new, and nobody asks the database', async () => {
    const { hint, charged, reads } = await settledPayments();
    charged.add(1);
    assert.deepEqual([await hint(1), reads], ['nothingNew', []]);
    assert.deepEqual([await hint(2), reads], ['lookUp', [2]]);
  });

  test('is one thing, a cancel at the PSP another', async () => {
    const { heed, charged, reads } = await settledPayments();
    charged.add(1);
    await heed({ transmissionId: null, orderId: 1, status: 'cancelled' });
    assert.deepEqual(reads, [1]);
  });
});
