import { Problem } from '@phone82/contracts';
import type { OwnedBy, PageRequest } from '@phone82/persistence';
import type { StorePorts } from './ports.ts';

export function findDelivery({ reader }: Pick<StorePorts, 'reader'>) {
  return async (orderId: number, ownedBy?: OwnedBy) => {
    const delivery = await reader.find(orderId, ownedBy);
    if (!delivery) throw new Problem('not-found');
    return delivery;
  };
}

export function listDeliveries({ reader }: Pick<StorePorts, 'reader'>) {
  return (request: PageRequest, ownedBy?: OwnedBy) => reader.list(request, {}, ownedBy);
}
