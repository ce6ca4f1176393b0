import { Problem } from '@phone82/contracts';
import type { OwnedBy, PageRequest } from '@phone82/persistence';
import type { MarketingPorts } from './ports.ts';

export function findMileage({ reader }: Pick<MarketingPorts, 'reader'>) {
  return async (orderId: number, ownedBy?: OwnedBy) => {
    const mileage = await reader.find(orderId, ownedBy);
    if (!mileage || mileage.state === 'Due') throw new Problem('not-found');
    return mileage;
  };
}

/** A customer's points over all orders. */
export function findBalance({ balances }: Pick<MarketingPorts, 'balances'>) {
  return async (customerId: string) => ({ customerId, point: await balances.of(customerId) });
}

/** All mileage, or one customer's. */
export function listMileage({ reader }: Pick<MarketingPorts, 'reader'>) {
  return (request: PageRequest, customerId?: string, ownedBy?: OwnedBy) =>
    reader.list(request, customerId ? { customerId } : {}, ownedBy);
}
