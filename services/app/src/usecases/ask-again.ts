import { isPending, type Order } from '../domain/order.ts';
import type { AppPorts } from './ports.ts';

/** Has the outcome of a pending order's payment asked for after a time; what was decided meanwhile stays. */
export function askAgain(
  { orders, environment }: Pick<AppPorts, 'orders' | 'environment'>,
  id: number,
  afterMs: number,
): Promise<Order | undefined> {
  return orders.run(async (transaction) => {
    const order = await transaction.get(id);
    if (!order || !isPending(order)) return order;
    const postponed = { ...order, settleAt: environment.now() + afterMs };
    transaction.put(postponed);
    return postponed;
  });
}
