import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentProcess } from '@phone82/contracts';
import { findOrderDifference, type PaymentRecord } from './find-order-difference.ts';
import type { Order, OrderState } from './order.ts';

const AS_OF = 10_000;
const order = (status: OrderState, differing: Partial<Order> = {}) =>
  ({ id: 7, status, price: 900, reference: 'ref', placedAt: 1_000, ...differing }) as Order;
const payment = (process: PaymentProcess, differing: Partial<PaymentRecord> = {}): PaymentRecord => ({
  orderId: 7,
  price: 900,
  reference: 'ref',
  process,
  changedAt: 2_000,
  ...differing,
});

type Case = readonly [Order | undefined, PaymentRecord | undefined, string | undefined];

const cases: Readonly<Record<string, Case>> = {
  'a paid order': [order('Shipped'), payment('Payed'), undefined],
  'a cancelled order': [order('PayCancelled'), payment('PayCancelled'), undefined],
  'an order that never formed': [order('PaymentFailed'), payment('Declined'), undefined],
  'an order that never formed, of which pay knows nothing': [order('PaymentFailed'), undefined, undefined],
  'a payment that was never charged': [undefined, payment('Voided'), undefined],
  'a payment of nothing': [undefined, payment('Payed', { price: 0 }), undefined],
  'a payment that was given back': [undefined, payment('PayCancelled'), undefined],
  'an order that pay knows nothing of': [order('Ordered'), undefined, 'orderWithoutPayment'],
  'an order whose payment was declined': [order('Payed'), payment('Declined'), 'orderWithoutPayment'],
  'a payment that app knows nothing of': [undefined, payment('Payed'), 'paymentWithoutOrder'],
  'a payment of an order that failed': [
    order('PaymentFailed'),
    payment('Payed', { reference: 'other' }),
    'paymentWithoutOrder',
  ],
  'another price': [order('Payed'), payment('Payed', { price: 1 }), 'pricesDiffer'],
  'another reference': [order('Payed'), payment('Payed', { reference: 'other' }), 'referencesDiffer'],
  'no reference': [order('Payed'), payment('Payed', { reference: null }), 'referencesDiffer'],
  'a cancelled order that is still charged': [
    order('OrderCancelled'),
    payment('Payed'),
    'cancelledButCharged',
  ],
  'a cancelled order without a payment': [order('OrderCancelled'), undefined, 'cancelledWithoutPayment'],
  'a cancelled order whose payment is void': [
    order('OrderCancelled'),
    payment('Voided'),
    'cancelledWithoutPayment',
  ],
  'an order that stands, given back': [order('Shipped'), payment('PayCancelled'), 'refundNotNoted'],
  'an order that is still to be given back': [order('OrderCancelled'), payment('CancelPending'), 'moving'],
  'a pending order': [order('Pending'), payment('Payed'), 'moving'],
  'an order of just now': [order('Ordered', { placedAt: AS_OF }), undefined, 'moving'],
  'a payment of just now': [undefined, payment('Payed', { changedAt: AS_OF }), 'moving'],
};

for (const [what, [its, paid, expected]] of Object.entries(cases))
  test(`${what} is ${expected ?? 'no difference'}`, () => {
    assert.equal(findOrderDifference(its, paid, AS_OF), expected);
  });

test('no reference is no difference beside a pay that knows none', () => {
  const rules = { withoutReferences: true };
  const [none, other] = [null, 'other'].map((reference) => payment('Payed', { reference }));
  assert.equal(findOrderDifference(order('Payed'), none, AS_OF, rules), undefined);
  assert.equal(findOrderDifference(order('Payed'), other, AS_OF, rules), 'referencesDiffer');
});
