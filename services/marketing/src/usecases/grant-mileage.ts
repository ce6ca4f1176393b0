import type { Subscriptions } from '@phone82/messaging';
import type { Mileage } from '../domain/mileage.ts';
import { changeMileage } from './change-mileage.ts';
import type { MarketingPorts } from './ports.ts';

/** A completed payment earns the promotion's points, once per order. */
export function grantOnPayCompleted({
  environment,
  promotion,
}: Pick<MarketingPorts, 'environment' | 'promotion'>): Subscriptions<Mileage> {
  return {
    PayCompleted: async (event, transaction) => {
      const order = { orderId: event.orderId, customerId: event.customerId ?? 'demo' };
      const grant = { command: 'grant', points: promotion.pointsPerOrder, reason: 'PayCompleted' } as const;
      await changeMileage(transaction, order, grant, environment.now());
    },
  };
}
