import type { JobOptions } from '@phone82/runtime';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

const BATCH = 100;

/** Ships what has waited for as long as the shop's delay says. */
export function shipDueDeliveries({
  deliveries,
  due,
  environment,
}: Pick<StorePorts, 'deliveries' | 'due' | 'environment'>): JobOptions {
  return {
    name: 'ship-due-deliveries',
    everyMs: 200,
    run: async () => {
      const waiting = await due.dueBefore(environment.now(), BATCH);
      if (waiting.length === 0) return 'done';
      await deliveries.run(async (transaction) => {
        await transaction.prefetch(waiting.map((delivery) => delivery.id));
        for (const { id } of waiting) {
          const delivery = await transaction.get(id);
          if (delivery?.state === 'Payed') applyToDelivery(transaction, delivery, 'ship');
        }
      });
      return waiting.length === BATCH ? 'more' : 'done';
    },
  };
}
