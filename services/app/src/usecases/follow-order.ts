import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import { notePoint } from '../domain/decide-order.ts';
import { isRefundOf, matchPayment, type PaymentSeen } from '../domain/match-payment.ts';
import type { Order } from '../domain/order.ts';
import { applyToOrder } from './change-order.ts';
import type { AppPorts } from './ports.ts';

/** What the other services did to an order, taken from their events. News of a payment that is not the order's own changes nothing. */
export function followOrder({ settings }: Pick<AppPorts, 'settings'>): Subscriptions<Order> {
  const rules = { withoutReferences: settings.payWithoutReferences };
  const isOwn = (order: Order, seen: PaymentSeen) => matchPayment(order, seen, rules) === 'own';
  return {
    PayCompleted: async (event, transaction) => {
      const order = await transaction.get(event.orderId);
      if (order && isOwn(order, event)) await applyToOrder(transaction, order.id, 'notePayment');
    },
    PayCancelled: async (event, transaction) => {
      const order = await transaction.get(event.orderId);
      if (order && isRefundOf(order, event, rules))
        await applyToOrder(transaction, order.id, 'notePaymentCancelled');
    },
    Shipped: async (event, transaction) =>
      void (await applyToOrder(transaction, event.orderId, 'noteShipped')),
    PromoCompleted: (event, transaction) =>
      keepPoint(transaction, event.orderId, { granted: event.point ?? 0 }),
    PromoCancelled: (event, transaction) => keepPoint(transaction, event.orderId, 'cancelled'),
  };
}

async function keepPoint(
  transaction: Transaction<Order>,
  orderId: number,
  news: Parameters<typeof notePoint>[1],
): Promise<void> {
  const order = await transaction.get(orderId);
  const changed = order && notePoint(order, news);
  if (changed) transaction.put(changed);
}
