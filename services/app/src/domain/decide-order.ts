import type { EventBody, EventType, ProblemCode } from '@phone82/contracts';
import { isPending, type Order, type OrderState } from './order.ts';
import { type OrderCommand, orderTransitions } from './order-transitions.ts';

export type OrderDecision =
  | { readonly kind: 'changed'; readonly order: Order; readonly events: readonly EventBody[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly code: ProblemCode };

/** What a command makes of an order, by the transition table. */
export function decideOrder(order: Order, command: OrderCommand): OrderDecision {
  const transition = orderTransitions[order.status][command];
  if (transition === 'stay') return { kind: 'unchanged' };
  if ('refuse' in transition) return { kind: 'refused', code: transition.refuse };
  const next: Order = {
    ...order,
    status: transition.to,
    settleAt: isPending({ status: transition.to }) ? order.settleAt : null,
    requestKey: keyAfter(order, transition.to),
  };
  return {
    kind: 'changed',
    order: next,
    events: (transition.emits ?? []).map((type) => orderEvent(type, next)),
  };
}

/** A request whose order failed may be sent again under its key: it then orders anew, instead of finding the failed one. */
const keyAfter = ({ requestKey }: Order, status: OrderState) =>
  status === 'PaymentFailed' || status === 'PaymentReturned' ? null : requestKey;

/** An event tells of the order as it was at that moment, whatever it has become in the same step. */
function orderEvent(eventType: EventType, order: Order): EventBody {
  const { id, item, qty, store, price, point, customerId, reference } = order;
  const body = { eventType, id, item, qty, status: eventType, store, price, point, customerId };
  // pay learns whose money is to go back, even if it has lost the payment.
  return { ...body, ...(eventType === 'OrderCancelled' && { reference }) } as EventBody;
}

/** Mileage runs null → granted → 0 and never back: a grant that a cancel overtook changes nothing. */
export function notePoint(order: Order, news: { granted: number } | 'cancelled'): Order | undefined {
  if (news === 'cancelled') return order.point === 0 ? undefined : { ...order, point: 0 };
  return order.point === null ? { ...order, point: news.granted } : undefined;
}
