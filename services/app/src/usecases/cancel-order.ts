import { Problem } from '@phone82/contracts';
import type { OwnedBy } from '@phone82/persistence';
import { hasFormed, type Order } from '../domain/order.ts';
import { applyToOrder } from './change-order.ts';
import type { AppPorts } from './ports.ts';

/** Takes an order back, with `ownedBy` only one of theirs, also after it shipped, and answers at once: pay refunds on hearing OrderCancelled. */
export function cancelOrder({
  orders,
  environment,
  settings,
  counted,
}: Pick<AppPorts, 'orders' | 'environment' | 'settings' | 'counted'>) {
  const isTooLate = (order: Order) => environment.now() - order.placedAt > settings.cancelWindowMs;
  const isCancelled = (order: Order) => order.status === 'OrderCancelled' || order.status === 'PayCancelled';

  return async (id: number, ownedBy?: OwnedBy): Promise<Order> => {
    let isNew = false;
    const cancelled = await orders.run(async (transaction) => {
      const order = await transaction.get(id, ownedBy);
      if (!order) throw new Problem('not-found');
      if (hasFormed(order) && !isCancelled(order) && isTooLate(order))
        throw new Problem('cancel-window-closed');
      const after = (await applyToOrder(transaction, id, 'cancel')) ?? order;
      isNew = after.status !== order.status;
      return after;
    });
    if (isNew) counted?.('cancelled');
    return cancelled;
  };
}
