import { OrderCancelled } from './order-cancelled.ts';
import { Ordered } from './ordered.ts';
import { PayCancelled } from './pay-cancelled.ts';
import { PayCompleted } from './pay-completed.ts';
import { PromoCancelled } from './promo-cancelled.ts';
import { PromoCompleted } from './promo-completed.ts';
import { Shipped } from './shipped.ts';

/** Every event on the topic `phoneseller`, and the service that publishes it. */
export const events = {
  Ordered: { schema: Ordered, from: 'app' },
  OrderCancelled: { schema: OrderCancelled, from: 'app' },
  PayCompleted: { schema: PayCompleted, from: 'pay' },
  PayCancelled: { schema: PayCancelled, from: 'pay' },
  Shipped: { schema: Shipped, from: 'store' },
  PromoCompleted: { schema: PromoCompleted, from: 'marketing' },
  PromoCancelled: { schema: PromoCancelled, from: 'marketing' },
} as const;

export type EventType = keyof typeof events;
export type PhoneEvent =
  | Ordered
  | OrderCancelled
  | PayCompleted
  | PayCancelled
  | Shipped
  | PromoCompleted
  | PromoCancelled;
export type EventOf<T extends EventType> = Extract<PhoneEvent, { eventType: T }>;

/** The order an event is about. Orders call it `id`, everyone else `orderId`; an order's event may hold a foreign field of that name. */
export function orderIdOf(event: PhoneEvent): number {
  return event.eventType === 'Ordered' || event.eventType === 'OrderCancelled' ? event.id : event.orderId;
}

export type { OrderCancelled, Ordered, PayCancelled, PayCompleted, PromoCancelled, PromoCompleted, Shipped };
