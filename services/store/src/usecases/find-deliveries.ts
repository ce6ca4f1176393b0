import { Problem } from '@phone82/contracts';
import type { PageRequest } from '@phone82/persistence';
import type { StorePorts } from './ports.ts';

export function findDelivery({ reader }: Pick<StorePorts, 'reader'>) {
  return async (orderId: number) => {
    const delivery = await reader.find(orderId);
    if (!delivery) throw new Problem('not-found');
    return delivery;
  };
}

export function listDeliveries({ reader }: Pick<StorePorts, 'reader'>) {
  return (request: PageRequest) => reader.list(request);
}
