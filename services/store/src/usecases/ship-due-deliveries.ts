import { createReadyDue } from '@phone82/messaging';
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
  const readyDue = createReadyDue({ due, caughtUp, environment, batch: BATCH });
  return {
    name: 'ship-due-deliveries',
    everyMs: 50,
    run: async () => {
      const { ready, more } = await readyDue();
      if (ready.length === 0) return 'done';
      await deliveries.run(async (transaction) => {
        await transaction.prefetch(ready.map(({ id }) => id));
        for (const { id } of ready) {
          const delivery = await transaction.get(id);
          if (delivery?.state === 'Payed')
            withCause(delivery.cause, () => applyToDelivery(transaction, delivery, 'ship'));
        }
      });
      return more ? 'more' : 'done';
    },
  };
}
