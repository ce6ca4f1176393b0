import type { EventOf } from '@phone82/contracts';
import { decideOrder, notePoint } from './decide-order.ts';
import { hasFormed, type Order } from './order.ts';
import type { OrderCommand } from './order-transitions.ts';

const LONGEST_ITEM = 64;

/** An order as its own app told of it; a Java app leaves fields null. */
function begun(event: EventOf<'Ordered' | 'OrderCancelled'>, at: number): Order {
  const { id, item, qty, price, store, point, customerId } = event;
  return {
    id,
    version: 0,
    item: (item ?? 'unknown').slice(0, LONGEST_ITEM),
    qty: qty ?? 1,
    price: price ?? 0,
    customerId: customerId ?? 'demo',
    status: 'Ordered',
    store: store ?? null,
    point: point ?? null,
    placedAt: at,
    settleAt: null,
    cause: null,
    reference: null,
    requestKey: null,
  };
}

/** What an event makes of an order that formed, by the transition table; nothing is told. */
function note(order: Order | undefined, command: OrderCommand): Order | undefined {
  if (!order || !hasFormed(order)) return order;
  const decision = decideOrder(order, command);
  return decision.kind === 'changed' ? decision.order : order;
}

const notePoints = (order: Order | undefined, news: Parameters<typeof notePoint>[1]) =>
  order && (notePoint(order, news) ?? order);

/** An order of our own is cancelled under the reference of its payment. */
const withReference = (order: Order | undefined, { price, reference }: EventOf<'PayCompleted'>) =>
  order && reference && order.reference === null && order.price === price ? { ...order, reference } : order;

/** Orders from the history of the log, in whatever order their events come. */
export const orderHistory = {
  beginning: {
    Ordered: (order: Order | undefined, event: EventOf<'Ordered'>, at: number) => order ?? begun(event, at),
    OrderCancelled: (order: Order | undefined, event: EventOf<'OrderCancelled'>, at: number) =>
      note(order ?? begun(event, at), 'cancel'),
  },
  following: {
    PayCompleted: (order: Order | undefined, event: EventOf<'PayCompleted'>) =>
      note(withReference(order, event), 'notePayment'),
    Shipped: (order: Order | undefined) => note(order, 'noteShipped'),
    PayCancelled: (order: Order | undefined) => note(order, 'notePaymentCancelled'),
    PromoCompleted: (order: Order | undefined, event: EventOf<'PromoCompleted'>) =>
      notePoints(order, { granted: event.point ?? 0 }),
    PromoCancelled: (order: Order | undefined) => notePoints(order, 'cancelled'),
  },
};
