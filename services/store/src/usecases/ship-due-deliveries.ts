import type { JobOptions } from '@phone82/runtime';
import { withCause } from '@phone82/telemetry';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

const BATCH = 500;
const MOST_HELD_BACK = 10 * BATCH;

/**
 * Ships what has waited for as long as the shop's delay says. A shop that was away finds payments and their cancels in
 * its mail at once: it reads all of it before a parcel leaves, so that none leaves for an order cancelled long ago.
 */
export function shipDueDeliveries({
  deliveries,
  due,
  caughtUp,
  environment,
}: Pick<StorePorts, 'deliveries' | 'due' | 'caughtUp' | 'environment'>): JobOptions {
  /** Deliveries that wait for a partition which stands still: those behind them have their turn too. */
  let heldBack = 0;
  return {
    name: 'ship-due-deliveries',
    everyMs: 50,
    run: async () => {
      const most = BATCH + heldBack;
      const waiting = await due.dueBefore(environment.now(), most);
      if (waiting.length === 0) return 'done';
      const mayLeave = await caughtUp();
      const leaving = waiting.filter(({ id }) => mayLeave(id));
      heldBack = Math.min(waiting.length - leaving.length, MOST_HELD_BACK);
      if (leaving.length === 0) return 'done';
      await deliveries.run(async (transaction) => {
        await transaction.prefetch(leaving.map((delivery) => delivery.id));
        for (const { id } of leaving) {
          const delivery = await transaction.get(id);
          if (delivery?.state === 'Payed')
            withCause(delivery.cause, () => applyToDelivery(transaction, delivery, 'ship'));
        }
      });
      return waiting.length === most ? 'more' : 'done';
    },
  };
}
