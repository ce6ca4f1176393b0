import type { JobOptions } from '@phone82/runtime';
import { withCause } from '@phone82/telemetry';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

const BATCH = 500;

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
  return {
    name: 'ship-due-deliveries',
    everyMs: 50,
    run: async () => {
      const waiting = await due.dueBefore(environment.now(), BATCH);
      if (waiting.length === 0 || !(await caughtUp())) return 'done';
      await deliveries.run(async (transaction) => {
        await transaction.prefetch(waiting.map((delivery) => delivery.id));
        for (const { id } of waiting) {
          const delivery = await transaction.get(id);
          if (delivery?.state === 'Payed')
            withCause(delivery.cause, () => applyToDelivery(transaction, delivery, 'ship'));
        }
      });
      return waiting.length === BATCH ? 'more' : 'done';
    },
  };
}
