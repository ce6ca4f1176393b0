import type { EventType, PhoneEvent, TimelineEntry } from '@phone82/contracts';
import type { OrderView, ViewStatus } from './order-view.ts';

/**
 * Events of different services come in any order, and again when the log is replayed. A status only
 * yields to one further along, mileage runs null → granted → 0, and an event counts once by its
 * message id: so every order of the same events makes the same view.
 */
export function foldEvent(
  view: OrderView,
  event: PhoneEvent,
  message: { messageId: string; occurredAt: number },
): OrderView {
  if (view.timeline.some((entry) => entry.messageId === message.messageId)) return view;
  const entry: TimelineEntry = {
    eventType: event.eventType,
    at: new Date(message.occurredAt).toISOString(),
    messageId: message.messageId,
  };
  return {
    ...view,
    ...orderFields(view, event),
    customerId: event.customerId ?? view.customerId,
    status: furtherAlong(view.status, statusOf[event.eventType]),
    point: pointAfter(view.point, event),
    timeline: [...view.timeline, entry].sort(byTime),
  };
}

const statusOf: Partial<Record<EventType, ViewStatus>> = {
  Ordered: 'Ordered',
  PayCompleted: 'Payed',
  Shipped: 'Shipped',
  OrderCancelled: 'OrderCancelled',
  PayCancelled: 'PayCancelled',
};

const journey: readonly (ViewStatus | null)[] = [
  null,
  'Ordered',
  'Payed',
  'Shipped',
  'OrderCancelled',
  'PayCancelled',
];

function furtherAlong(current: ViewStatus | null, news: ViewStatus | undefined): ViewStatus | null {
  return news && journey.indexOf(news) > journey.indexOf(current) ? news : current;
}

function orderFields(view: OrderView, event: PhoneEvent): Pick<OrderView, 'item' | 'qty' | 'price'> {
  if (event.eventType !== 'Ordered' && event.eventType !== 'OrderCancelled')
    return { item: view.item, qty: view.qty, price: view.price };
  return { item: event.item ?? view.item, qty: event.qty ?? view.qty, price: event.price ?? view.price };
}

function pointAfter(point: number | null, event: PhoneEvent): number | null {
  if (event.eventType === 'PromoCancelled') return 0;
  if (event.eventType === 'PromoCompleted') return point ?? event.point ?? null;
  return point;
}

const byTime = (a: TimelineEntry, b: TimelineEntry) =>
  a.at.localeCompare(b.at) || a.messageId.localeCompare(b.messageId);
