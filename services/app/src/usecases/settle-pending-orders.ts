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
  ports: Pick<AppPorts, 'orders' | 'pending' | 'payments' | 'numbering' | 'environment' | 'counted'>,
): JobOptions {
  const later = ({ id }: Order) => askAgain(ports, id, ASK_AGAIN_MS * (1 + ports.environment.random()));
  const settle = async (order: Order) => {
    const outcome = await ports.payments.settle(order);
    if (outcome === 'unknown') return void (await later(order));
    if (outcome === 'inUse') ports.numbering.doubt();
    await changeOrder(ports, order, outcome === 'paid' ? 'form' : 'failPayment');
    ports.counted?.(outcome === 'paid' ? 'orderedLater' : 'failedLater');
  };
  // One that fails makes way for the others: the longest waiting come first, and so many of its kind would keep all newer ones out.
  const settleOrPostpone = async (order: Order) => {
    try {
      await settle(order);
    } catch (error) {
      await later(order);
      throw error;
    }
  };
  return {
    name: 'settle-pending-orders',
    everyMs: 500,
    run: async () => {
      const due = await ports.pending.dueBefore(ports.environment.now(), BATCH);
      const settled = await Promise.allSettled(
        due.map((order) => withCause(order.cause, () => settleOrPostpone(order))),
      );
      const failed = settled.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
      if (failed) throw failed.reason;
      return due.length === BATCH ? 'more' : 'done';
    },
  };
}
