import { Problem } from '@phone82/contracts';
import type { Transaction } from '@phone82/persistence';
import { decideOrder } from '../domain/decide-order.ts';
import type { Order } from '../domain/order.ts';
import type { OrderCommand } from '../domain/order-transitions.ts';
import type { AppPorts } from './ports.ts';

/**
 * Takes a command to an order inside a transaction; its events leave with the same commit.
 * Undefined if there is no such order: a Java app's, of which this one knows nothing.
 */
export async function applyToOrder(
  transaction: Transaction<Order>,
  id: number,
  command: OrderCommand,
): Promise<Order | undefined> {
  const order = await transaction.get(id);
  if (!order) return undefined;
  const decision = decideOrder(order, command);
  if (decision.kind === 'refused') throw new Problem(decision.code);
  if (decision.kind === 'unchanged') return order;
  transaction.put(decision.order);
  transaction.publish(...decision.events);
  return decision.order;
}

/** The same in a transaction of its own, for an order as it was stored a moment ago. */
export async function changeOrder(
  { orders }: Pick<AppPorts, 'orders'>,
  known: Order,
  command: OrderCommand,
): Promise<Order> {
  const { id } = known;
  const order = await orders.run(
    (transaction) => applyToOrder(transaction, id, command),
    new Map([[id, known]]),
  );
  if (!order) throw new Problem('not-found');
  return order;
}
