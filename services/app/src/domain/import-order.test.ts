import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PhoneEvent } from '@phone82/contracts';
import { orderHistory } from './import-order.ts';
import type { Order } from './order.ts';

type Fold = (order: Order | undefined, event: PhoneEvent, at: number) => Order | undefined;
const folds = [orderHistory.beginning, orderHistory.following] as unknown as Record<string, Fold>[];

/** As an import folds: first what orders begin with, then the rest, each in the order of the log. */
const imported = (...events: PhoneEvent[]): Order | undefined =>
  folds.reduce<Order | undefined>(
    (order, fold) =>
      events.reduce<Order | undefined>((before, event) => {
        const step = fold[event.eventType];
        return step ? step(before, event, 5_000) : before;
      }, order),
    undefined,
  );

const javaOrder = {
  id: 7,
  item: 'LG10',
  qty: 2,
  status: 'Ordered',
  store: null,
  price: 1_798_000,
  point: null,
};
const ordered: PhoneEvent = { eventType: 'Ordered', ...javaOrder };
const orderCancelled: PhoneEvent = { eventType: 'OrderCancelled', ...javaOrder, status: 'cancel' };
const payCompleted: PhoneEvent = {
  eventType: 'PayCompleted',
  id: 3,
  orderId: 7,
  price: null,
  process: 'Payed',
};
const payCancelled: PhoneEvent = {
  eventType: 'PayCancelled',
  id: 4,
  orderId: 7,
  price: 0,
  process: 'PayCancelled',
};
const shipped: PhoneEvent = { eventType: 'Shipped', id: 9, orderId: 7, address: null, item: null };
const granted: PhoneEvent = { eventType: 'PromoCompleted', id: 5, orderId: 7, point: 300_000 };
const takenBack: PhoneEvent = { eventType: 'PromoCancelled', id: 6, orderId: 7, point: 0 };

const permutations = (items: readonly PhoneEvent[]): PhoneEvent[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
      );

type Case = readonly [events: readonly PhoneEvent[], status: string, point: number | null];

describe('an order from the log of Java services', () => {
  const cases: readonly Case[] = [
    [[ordered], 'Ordered', null],
    [[ordered, payCompleted, granted], 'Payed', 300_000],
    [[ordered, payCompleted, shipped, granted, granted], 'Shipped', 300_000],
    [[ordered, payCompleted, shipped, orderCancelled], 'OrderCancelled', null],
    [[ordered, payCompleted, granted, orderCancelled, payCancelled, takenBack], 'PayCancelled', 0],
  ];
  for (const [events, status, point] of cases)
    test(`is ${status} with ${point} points, in whatever order its ${events.length} events stand`, () => {
      for (const order of permutations(events)) {
        const { status: found, point: points, item, qty, price, placedAt } = imported(...order) as Order;
        assert.deepEqual(
          [found, points, item, qty, price, placedAt],
          [status, point, 'LG10', 2, 1_798_000, 5_000],
          order.map(({ eventType }) => eventType).join(),
        );
        assert.deepEqual(imported(...order, ...order), imported(...order));
      }
    });

  test('that is not in the log is not made of what others tell of it', () => {
    assert.equal(imported(payCompleted, shipped, granted), undefined);
  });

  test('with every field null becomes one that can be shown', () => {
    const nothing = {
      eventType: 'Ordered',
      id: 8,
      item: null,
      qty: null,
      price: null,
      store: null,
      point: null,
    };
    const { item, qty, price, customerId } = imported(nothing as PhoneEvent) as Order;
    assert.deepEqual([item, qty, price, customerId], ['unknown', 1, 0, 'demo']);
  });
});

test('an order of our own takes the reference of its payment with it, and not that of another', () => {
  const paid: PhoneEvent = { eventType: 'PayCompleted', orderId: 7, price: 1_798_000, reference: 'r-1' };
  assert.equal(imported(ordered, paid)?.reference, 'r-1');
  assert.equal(imported(ordered, { ...paid, price: 1 })?.reference, null);
});

test('an order that never formed stays as it is', () => {
  const pending = { ...(imported(ordered) as Order), status: 'Pending' as const };
  const all: readonly PhoneEvent[] = [ordered, payCompleted, shipped, orderCancelled, payCancelled];
  for (const fold of folds)
    for (const event of all)
      assert.equal((fold[event.eventType]?.(pending, event, 1) ?? pending).status, 'Pending');
});
