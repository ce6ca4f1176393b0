import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneEvent } from '@phone82/contracts';
import fc from 'fast-check';
import { foldEvent } from './fold-event.ts';
import { emptyView, type OrderView } from './order-view.ts';

interface Message {
  readonly event: PhoneEvent;
  readonly messageId: string;
  readonly occurredAt: number;
}
type Fold = typeof foldEvent;

const order = { id: 7, item: 'LG10', qty: 2, price: 1_800_000, customerId: 'kim' };
const bodies: readonly PhoneEvent[] = [
  { eventType: 'Ordered', ...order },
  { eventType: 'PayCompleted', orderId: 7, price: 1_800_000 },
  { eventType: 'PromoCompleted', orderId: 7, point: 300_000 },
  { eventType: 'Shipped', orderId: 7, customerId: 'kim' },
  { eventType: 'OrderCancelled', ...order },
  { eventType: 'PromoCancelled', orderId: 7, point: 0 },
  { eventType: 'PayCancelled', orderId: 7 },
];
const story: readonly Message[] = bodies.map((event, index) => ({
  event,
  messageId: `m${index}`,
  occurredAt: 1_000 * index,
}));

const viewOf = (messages: readonly Message[], fold: Fold = foldEvent): OrderView =>
  messages.reduce((view, { event, ...message }) => fold(view, event, message), emptyView(7));

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}

function everyOrderMakesTheSameView(fold: Fold): void {
  const expected = viewOf(story, fold);
  for (const arrangement of permutations(story)) assert.deepEqual(viewOf(arrangement, fold), expected);
}

/** Some of the story's messages, some of them sent twice by a sender that died, and at the same moments. */
const someMessages = fc.array(
  fc.record({
    event: fc.constantFrom(...bodies),
    messageId: fc.uuid(),
    occurredAt: fc.integer({ min: 1_000, max: 1_004 }),
  }),
  { maxLength: 10 },
);
const delivered = someMessages.chain((messages) =>
  fc.tuple(
    fc.constant(messages),
    fc.shuffledSubarray(messages, { minLength: messages.length }),
    fc.shuffledSubarray(messages),
  ),
);

const deliveriesMakeTheSameView = (fold: Fold) =>
  fc.assert(
    fc.property(delivered, ([sent, arrived, again]) =>
      assert.deepEqual(viewOf([...arrived, ...again], fold), viewOf(sent, fold)),
    ),
    { numRuns: 1_000 },
  );

const replaysChangeNothing = (fold: Fold) =>
  fc.assert(
    fc.property(delivered, ([sent, , again]) => {
      const view = viewOf(sent, fold);
      for (const { event, ...message } of again) assert.equal(fold(view, event, message), view);
    }),
    { numRuns: 1_000 },
  );

const lastStatusWins: Fold = (view, event, message) => {
  const folded = foldEvent(view, event, message);
  return event.eventType === 'Shipped' ? { ...folded, status: 'Shipped' } : folded;
};
const forgetsMessages: Fold = (view, event, message) =>
  foldEvent({ ...view, timeline: view.timeline.slice(-1) }, event, message);

test('all 5040 orders in which the events of a story can come make the same view', () => {
  everyOrderMakesTheSameView(foldEvent);
  assert.throws(() => everyOrderMakesTheSameView(lastStatusWins));
});

test('messages late, early, again and at the same moment make the view of those that were sent', () => {
  deliveriesMakeTheSameView(foldEvent);
  assert.throws(() => deliveriesMakeTheSameView(lastStatusWins), /Property failed after/);
});

test('replaying any part of what was folded changes nothing', () => {
  replaysChangeNothing(foldEvent);
  assert.throws(() => replaysChangeNothing(forgetsMessages), /Property failed after/);
});
