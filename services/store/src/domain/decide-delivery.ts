import type { EventBody, ProblemCode } from '@phone82/contracts';
import type { Delivery } from './delivery.ts';
import { type DeliveryCommand, deliveryTransitions } from './delivery-transitions.ts';

/** What a command brings with it: what is to be sent, or how it was sent. */
export type DeliveryDetails = Partial<
  Pick<Delivery, 'item' | 'qty' | 'address' | 'carrier' | 'trackingNumber'>
>;

export type DeliveryDecision =
  | { readonly kind: 'changed'; readonly delivery: Delivery; readonly events: readonly EventBody[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly code: ProblemCode };

/** What a command makes of a delivery, by the transition table. */
export function decideDelivery(
  delivery: Delivery,
  command: DeliveryCommand,
  details: DeliveryDetails = {},
): DeliveryDecision {
  const transition = deliveryTransitions[delivery.state][command];
  if (transition === 'stay') return { kind: 'unchanged' };
  if ('refuse' in transition) return { kind: 'refused', code: transition.refuse };
  const next: Delivery = { ...delivery, ...details, state: transition.to, shipAt: null };
  return {
    kind: 'changed',
    delivery: next,
    events: (transition.emits ?? []).map((type) => deliveryEvent(type, next)),
  };
}

function deliveryEvent(eventType: string, delivery: Delivery): EventBody {
  const { id, item, address, customerId } = delivery;
  return { eventType, id, orderId: id, address, item, process: 'Shipped', customerId } as EventBody;
}
