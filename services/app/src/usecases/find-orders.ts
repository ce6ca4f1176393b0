import { Problem } from '@phone82/contracts';
import type { OwnedBy, PageRequest } from '@phone82/persistence';
import type { AppPorts } from './ports.ts';

/** An order by its id, with `ownedBy` only one of theirs, also one that is pending or failed. */
export function findOrder({ reader }: Pick<AppPorts, 'reader'>) {
  return async (id: number, ownedBy?: OwnedBy) => {
    const order = await reader.find(id, ownedBy);
    if (!order) throw new Problem('not-found');
    return order;
  };
}

/** Orders that formed: the others are no orders yet. */
export function listOrders({ reader }: Pick<AppPorts, 'reader'>) {
  return (request: PageRequest, ownedBy?: OwnedBy) => reader.list(request, {}, ownedBy);
}
