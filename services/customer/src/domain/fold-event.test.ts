import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PhoneEvent } from '@phone82/contracts';
import { foldEvent } from './fold-event.ts';
import { emptyView, isVisible, type OrderView } from './order-view.ts';

const ordered: PhoneEvent = {
  eventType: 'Ordered',
  id: 7,
  item: 'LG10',
  qty: 2,
  price: 1_800_000,
  customerId: 'kim',
};
const paid: PhoneEvent = { eventType: 'PayCompleted', orderId: 7, price: 1_800_000, process: 'Payed' };
const granted: PhoneEvent = { eventType: 'PromoCompleted', orderId: 7, point: 300_000 };
const shipped: PhoneEvent = { eventType: 'Shipped', orderId: 7, process: 'Shipped' };
const cancelled: PhoneEvent = { eventType: 'OrderCancelled', id: 7, item: 'LG10', qty: 2, price: 1_800_000 };
const revoked: PhoneEvent = { eventType: 'PromoCancelled', orderId: 7, point: 0 };
const refunded: PhoneEvent = { eventType: 'PayCancelled', orderId: 7, process: 'PayCancelled' };
const story = [ordered, paid, granted, shipped, cancelled, revoked, refunded];

const fold = (events: readonly PhoneEvent[]): OrderView =>
  events.reduce(
    (view, event) =>
      foldEvent(view, event, {
        messageId: `m${story.indexOf(event)}`,
        occurredAt: 1_000 * story.indexOf(event),
      }),
    emptyView(7),
  );

describe('the view of an order', () => {
  test('follows it until it is shipped and its mileage granted', () => {
    const { item, qty, price, status, point, customerId } = fold([ordered, paid, granted, shipped]);
    assert.deepEqual(
      [item, qty, price, status, point, customerId],
      ['LG10', 2, 1_800_000, 'Shipped', 300_000, 'kim'],
    );
  });

  test('follows it to the refund and no mileage', () => {
    const { status, point, timeline } = fold(story);
    assert.deepEqual([status, point, timeline.length], ['PayCancelled', 0, 7]);
  });

  test('is the same whatever the order in which the events come', () => {
    const expected = fold(story);
    for (let turn = 0; turn < story.length; turn++) {
      const rotated = [...story.slice(turn), ...story.slice(0, turn)];
      assert.deepEqual(fold(rotated), expected);
      assert.deepEqual(fold(rotated.reverse()), expected);
    }
  });

  test('does not change when events come again', () => {
    const once = fold(story);
    assert.equal(foldEvent(once, paid, { messageId: 'm1', occurredAt: 1_000 }), once);
  });

  test('stays hidden while nothing was ordered', () => {
    assert.equal(isVisible(fold([paid, refunded])), false);
    assert.equal(isVisible(fold([paid, ordered])), true);
  });
});
