import { createReadyDue } from '@phone82/messaging';
import type { JobOptions } from '@phone82/runtime';
import { withCause } from '@phone82/telemetry';
import { changeMileage } from './change-mileage.ts';
import type { MarketingPorts } from './ports.ts';

const BATCH = 500;

/** Grants what the backlog left to grant, once all of it is read: what was granted or cancelled long ago is known then. */
export function grantDueMileage({
  mileages,
  due,
  caughtUp,
  environment,
  promotion,
}: Pick<MarketingPorts, 'mileages' | 'due' | 'caughtUp' | 'environment' | 'promotion'>): JobOptions {
  const grant = { command: 'grantDue', points: promotion.pointsPerOrder, reason: 'PayCompleted' } as const;
  const readyDue = createReadyDue({ due, caughtUp, environment, batch: BATCH });
  return {
    name: 'grant-due-mileage',
    everyMs: 250,
    run: async () => {
      const { ready, more } = await readyDue();
      if (ready.length === 0) return 'done';
      await mileages.run(async (transaction) => {
        await transaction.prefetch(ready.map(({ id }) => id));
        for (const { id: orderId, customerId, cause } of ready)
          await withCause(cause, () =>
            changeMileage(transaction, { orderId, customerId }, grant, environment.now()),
          );
      });
      return more ? 'more' : 'done';
    },
  };
}
