import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import { notePoint } from '../domain/decide-order.ts';
import type { Order } from '../domain/order.ts';
import { applyToOrder } from './change-order.ts';

/** What the other services did to an order, taken from their events. */
export const followOrder: Subscriptions<Order> = {
  PayCompleted: async (event, transaction) =>
    void (await applyToOrder(transaction, event.orderId, 'notePayment')),
  PayCancelled: async (event, transaction) =>
    void (await applyToOrder(transaction, event.orderId, 'notePaymentCancelled')),
  Shipped: async (event, transaction) => void (await applyToOrder(transaction, event.orderId, 'noteShipped')),
  PromoCompleted: (event, transaction) =>
    keepPoint(transaction, event.orderId, { granted: event.point ?? 0 }),
  PromoCancelled: (event, transaction) => keepPoint(transaction, event.orderId, 'cancelled'),
};

async function keepPoint(
  transaction: Transaction<Order>,
  orderId: number,
  news: Parameters<typeof notePoint>[1],
): Promise<void> {
  const order = await transaction.get(orderId);
  const changed = order && notePoint(order, news);
  if (changed) transaction.put(changed);
}
