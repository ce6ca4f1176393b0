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
  return {
    name: 'grant-due-mileage',
    everyMs: 250,
    run: async () => {
      const waiting = await due.dueBefore(environment.now(), BATCH);
      if (waiting.length === 0 || !(await caughtUp())) return 'done';
      await mileages.run(async (transaction) => {
        await transaction.prefetch(waiting.map(({ id }) => id));
        for (const { id: orderId, customerId, cause } of waiting)
          await withCause(cause, () =>
            changeMileage(transaction, { orderId, customerId }, grant, environment.now()),
          );
      });
      return waiting.length === BATCH ? 'more' : 'done';
    },
  };
}
