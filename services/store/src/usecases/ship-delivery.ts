import { Problem } from '@phone82/contracts';
import type { OwnedBy } from '@phone82/persistence';
import type { DeliveryDetails } from '../domain/decide-delivery.ts';
import type { Delivery } from '../domain/delivery.ts';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

/** The agency says that a parcel left, with `ownedBy` only one of theirs. Saying it twice is harmless. */
export function shipDelivery({ deliveries }: Pick<StorePorts, 'deliveries'>) {
  return (orderId: number, details: DeliveryDetails, ownedBy?: OwnedBy): Promise<Delivery> =>
    deliveries.run(async (transaction) => {
      const delivery = await transaction.get(orderId, ownedBy);
      if (!delivery) throw new Problem('not-found');
      return applyToDelivery(transaction, delivery, 'ship', details);
    });
}
