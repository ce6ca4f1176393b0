import { Problem } from '@phone82/contracts';
import type { DeliveryDetails } from '../domain/decide-delivery.ts';
import type { Delivery } from '../domain/delivery.ts';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

/** The agency says that a parcel left. Saying it twice is harmless. */
export function shipDelivery({ deliveries }: Pick<StorePorts, 'deliveries'>) {
  return (orderId: number, details: DeliveryDetails): Promise<Delivery> =>
    deliveries.run(async (transaction) => {
      const delivery = await transaction.get(orderId);
      if (!delivery) throw new Problem('not-found');
      return applyToDelivery(transaction, delivery, 'ship', details);
    });
}
