import type { JobOptions } from '@phone82/runtime';
import { withCause } from '@phone82/telemetry';
import type { Order } from '../domain/order.ts';
import { askAgain } from './ask-again.ts';
import { changeOrder } from './change-order.ts';
import type { AppPorts } from './ports.ts';

const BATCH = 50;
const ASK_AGAIN_MS = 1_000;

/** Finds out what became of orders whose payment was never answered: each ends as Ordered or PaymentFailed. */
export function settlePendingOrders(
  ports: Pick<AppPorts, 'orders' | 'pending' | 'payments' | 'environment' | 'counted'>,
): JobOptions {
  const settle = async (order: Order) => {
    const outcome = await ports.payments.settle(order);
    if (outcome === 'unknown') {
      await askAgain(ports, order.id, ASK_AGAIN_MS * (1 + ports.environment.random()));
      return;
    }
    await changeOrder(ports, order, outcome === 'paid' ? 'form' : 'failPayment');
    ports.counted?.(outcome === 'paid' ? 'orderedLater' : 'failedLater');
  };
  return {
    name: 'settle-pending-orders',
    everyMs: 500,
    run: async () => {
      const due = await ports.pending.dueBefore(ports.environment.now(), BATCH);
      await Promise.all(due.map((order) => withCause(order.cause, () => settle(order))));
      return due.length === BATCH ? 'more' : 'done';
    },
  };
}
