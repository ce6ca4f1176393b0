import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideOrder, notePoint } from './decide-order.ts';
import { hasFormed, isPending, type Order, type OrderState, statusOf } from './order.ts';
import type { OrderCommand } from './order-transitions.ts';

const order = (status: OrderState): Order => ({
  id: 7,
  version: 3,
  item: 'LG10',
  qty: 2,
  price: 1_800_000,
  customerId: 'demo',
  status,
  store: null,
  point: null,
  placedAt: 1_000,
  settleAt: isPending({ status }) ? 3_000 : null,
  cause: null,
  reference: 'ref-7',
  requestKey: null,
});

/** Each state × command: the state it leads to (+ the event it tells), `=` for no change, `!` for a refusal. */
const outcomes: Record<OrderState, Record<OrderCommand, string>> = {
  Pending: {
    form: 'Ordered + Ordered',
    notePayment: 'Payed + Ordered',
    failPayment: 'PaymentFailed',
    cancel: '!order-pending',
    noteShipped: 'PendingShipped',
    notePaymentCancelled: 'PaymentReturned',
  },
  PendingShipped: {
    form: 'Shipped + Ordered',
    notePayment: 'Shipped + Ordered',
    failPayment: 'PaymentFailed',
    cancel: '!order-pending',
    noteShipped: '=',
    notePaymentCancelled: 'PaymentReturned',
  },
  Ordered: {
    form: '=',
    notePayment: 'Payed',
    failPayment: '=',
    cancel: 'OrderCancelled + OrderCancelled',
    noteShipped: 'Shipped',
    notePaymentCancelled: 'PayCancelled',
  },
  Payed: {
    form: '=',
    notePayment: '=',
    failPayment: '=',
    cancel: 'OrderCancelled + OrderCancelled',
    noteShipped: 'Shipped',
    notePaymentCancelled: 'PayCancelled',
  },
  Shipped: {
    form: '=',
    notePayment: '=',
    failPayment: '=',
    cancel: 'OrderCancelled + OrderCancelled',
    noteShipped: '=',
    notePaymentCancelled: 'PayCancelled',
  },
  OrderCancelled: {
    form: '=',
    notePayment: '=',
    failPayment: '=',
    cancel: '=',
    noteShipped: '=',
    notePaymentCancelled: 'PayCancelled',
  },
  PayCancelled: {
    form: '=',
    notePayment: '=',
    failPayment: '=',
    cancel: '=',
    noteShipped: '=',
    notePaymentCancelled: '=',
  },
  PaymentFailed: {
    form: 'OrderCancelled + OrderCancelled',
    notePayment: 'OrderCancelled + OrderCancelled',
    failPayment: '=',
    cancel: '!order-not-formed',
    noteShipped: '=',
    notePaymentCancelled: 'PaymentReturned',
  },
  PaymentReturned: {
    form: 'PayCancelled + OrderCancelled',
    notePayment: 'PayCancelled + OrderCancelled',
    failPayment: '=',
    cancel: '!order-not-formed',
    noteShipped: '=',
    notePaymentCancelled: '=',
  },
};

const outcomeOf = (status: OrderState, command: OrderCommand): string => {
  const decision = decideOrder(order(status), command);
  if (decision.kind === 'unchanged') return '=';
  if (decision.kind === 'refused') return `!${decision.code}`;
  return [decision.order.status, ...decision.events.map((event) => event.eventType)].join(' + ');
};

describe('an order, in each state, on each command', () => {
  for (const [status, commands] of Object.entries(outcomes)) {
    for (const [command, expected] of Object.entries(commands)) {
      test(`${status} × ${command} → ${expected}`, () => {
        assert.equal(outcomeOf(status as OrderState, command as OrderCommand), expected);
      });
    }
  }
});

test('tells of an order as it formed, even when it formed by its payment', () => {
  const decision = decideOrder(order('Pending'), 'notePayment');
  assert.equal(decision.kind, 'changed');
  assert.deepEqual(decision.kind === 'changed' && decision.events[0], {
    eventType: 'Ordered',
    id: 7,
    item: 'LG10',
    qty: 2,
    status: 'Ordered',
    store: null,
    price: 1_800_000,
    point: null,
    customerId: 'demo',
  });
});

test('tells of the cancel of an order whose payment was cancelled before it was heard of', () => {
  const decision = decideOrder(order('PaymentReturned'), 'notePayment');
  const [event] = decision.kind === 'changed' ? decision.events : [];
  assert.deepEqual(event?.eventType === 'OrderCancelled' && [event.status, event.item, event.price], [
    'OrderCancelled',
    'LG10',
    1_800_000,
  ]);
});

test('shows an order whose payment went back before it formed as one that failed', () => {
  assert.equal(statusOf(order('PaymentReturned')), 'PaymentFailed');
  assert.equal(hasFormed(order('PaymentReturned')), false);
  assert.equal(statusOf(order('Shipped')), 'Shipped');
});

test('shows an order as pending whose parcel was heard of before its payment, and asks for it on', () => {
  const decision = decideOrder(order('Pending'), 'noteShipped');
  assert.ok(decision.kind === 'changed');
  assert.deepEqual(
    [statusOf(decision.order), hasFormed(decision.order), decision.order.settleAt, decision.events],
    ['Pending', false, 3_000, []],
  );
});

test('asks no longer for the outcome of an order that is decided', () => {
  const decision = decideOrder(order('Pending'), 'form');
  assert.equal(decision.kind === 'changed' && decision.order.settleAt, null);
});

test('gives its request key free when it fails, and keeps it when it forms', () => {
  const keyAfter = (command: OrderCommand) => {
    const decision = decideOrder({ ...order('Pending'), requestKey: 'key' }, command);
    return decision.kind === 'changed' ? decision.order.requestKey : 'unchanged';
  };
  assert.deepEqual(
    [keyAfter('failPayment'), keyAfter('notePaymentCancelled'), keyAfter('form')],
    [null, null, 'key'],
  );
});

describe("an order's point", () => {
  const withPoint = (point: number | null): Order => ({ ...order('Payed'), point });

  test('becomes what was granted, once', () => {
    assert.equal(notePoint(withPoint(null), { granted: 300_000 })?.point, 300_000);
    assert.equal(notePoint(withPoint(300_000), { granted: 300_000 }), undefined);
  });

  test('becomes 0 when the mileage is cancelled, granted or not', () => {
    assert.equal(notePoint(withPoint(300_000), 'cancelled')?.point, 0);
    assert.equal(notePoint(withPoint(null), 'cancelled')?.point, 0);
    assert.equal(notePoint(withPoint(0), 'cancelled'), undefined);
  });

  test('stays 0 when a grant arrives after its cancel', () => {
    assert.equal(notePoint(withPoint(0), { granted: 300_000 }), undefined);
  });
});
