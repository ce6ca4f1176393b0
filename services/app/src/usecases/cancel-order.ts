import { Problem } from '@phone82/contracts';
import { hasFormed, type Order } from '../domain/order.ts';
import { applyToOrder } from './change-order.ts';
import type { AppPorts } from './ports.ts';

/** Takes an order back, also after it shipped, and answers at once: pay refunds on hearing OrderCancelled. */
export function cancelOrder({
  orders,
  environment,
  settings,
}: Pick<AppPorts, 'orders' | 'environment' | 'settings'>) {
  const isTooLate = (order: Order) => environment.now() - order.placedAt > settings.cancelWindowMs;
  const isCancelled = (order: Order) => order.status === 'OrderCancelled' || order.status === 'PayCancelled';

  return async (id: number): Promise<Order> =>
    orders.run(async (transaction) => {
      const order = await transaction.get(id);
      if (!order) throw new Problem('not-found');
      if (hasFormed(order) && !isCancelled(order) && isTooLate(order))
        throw new Problem('cancel-window-closed');
      return (await applyToOrder(transaction, id, 'cancel')) ?? order;
    });
}
