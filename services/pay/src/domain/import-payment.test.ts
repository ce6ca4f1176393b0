import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PhoneEvent } from '@phone82/contracts';
import { newPayment } from './decide-payment.ts';
import { paymentHistory } from './import-payment.ts';
import type { Payment } from './payment.ts';

type Fold = (payment: Payment | undefined, event: PhoneEvent, at: number) => Payment | undefined;
const folds = [paymentHistory.beginning, paymentHistory.following] as unknown as Record<string, Fold>[];
const importedOn = (present: Payment | undefined, ...events: PhoneEvent[]): Payment | undefined =>
  folds.reduce<Payment | undefined>(
    (payment, fold) =>
      events.reduce<Payment | undefined>((before, event) => {
        const step = fold[event.eventType];
        return step ? step(before, event, 5_000) : before;
      }, payment),
    present,
  );
const imported = (...events: PhoneEvent[]) => importedOn(undefined, ...events);

const payCompleted: PhoneEvent = {
  eventType: 'PayCompleted',
  id: 3,
  orderId: 7,
  price: 899_000,
  process: 'Payed',
};
const withoutPrice: PhoneEvent = { ...payCompleted, price: null };
const orderCancelled: PhoneEvent = { eventType: 'OrderCancelled', id: 7, status: 'cancel', price: null };
const payCancelled: PhoneEvent = { eventType: 'PayCancelled', id: 4, orderId: 7, price: 0 };

describe('a payment from the log of a Java pay', () => {
  for (const [events, state, price] of [
    [[payCompleted], 'Payed', 899_000],
    [[withoutPrice, withoutPrice], 'Payed', 0],
    [[payCompleted, orderCancelled], 'CancelPending', 899_000],
    [[orderCancelled, payCompleted], 'CancelPending', 899_000],
    [[payCompleted, orderCancelled, payCancelled, payCancelled], 'PayCancelled', 899_000],
    [[payCancelled, orderCancelled, payCompleted], 'PayCancelled', 899_000],
    [[payCancelled], 'PayCancelled', 0],
  ] as const)
    test(`is ${state} over ${price} won after ${events.map(({ eventType }) => eventType).join(', ')}`, () => {
      const payment = imported(...events) as Payment;
      assert.deepEqual([payment.state, payment.price, payment.isForeign], [state, price, true]);
      assert.equal(payment.dueAt, state === 'CancelPending' ? 5_000 : null);
      assert.deepEqual(imported(...events, ...events), payment);
    });

  test('is not made of a cancel alone', () => {
    assert.equal(imported(orderCancelled), undefined);
  });
});

test('a payment that was made here stays as it is', () => {
  const request = { orderId: 7, price: 1_000, customerId: 'demo', reference: 'r' };
  const own: Payment = { ...newPayment(request, 1, 0), state: 'Payed' };
  assert.equal(importedOn(own, payCompleted, orderCancelled, payCancelled), own);
});
