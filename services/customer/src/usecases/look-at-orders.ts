import { Problem } from '@phone82/contracts';
import type { OwnedBy, PageRequest } from '@phone82/persistence';
import { isVisible, type OrderView, shownVersion } from '../domain/order-view.ts';
import type { CustomerPorts } from './ports.ts';

const WAIT_AT_MOST_MS = 500;
const LOOK_EVERY_MS = 20;

export interface Look {
  /** Default 0. */
  readonly minVersion?: number | undefined;
  /** Whose orders count. Default: everyone's. */
  readonly ownedBy?: OwnedBy | undefined;
}

/** One order's view; with `minVersion`, waits up to half a second for it to hold that many events. */
export function findOrder({ view, environment }: CustomerPorts) {
  const lookUntil = async (
    orderId: number,
    { minVersion = 0, ownedBy }: Look,
    deadline: number,
  ): Promise<OrderView | undefined> => {
    const found = await view.reader.find(orderId, ownedBy);
    const isEnough = (found ? shownVersion(found) : 0) >= minVersion || environment.now() >= deadline;
    if (isEnough) return found;
    await environment.sleep(LOOK_EVERY_MS);
    return lookUntil(orderId, { minVersion, ownedBy }, deadline);
  };
  return async (orderId: number, look: Look = {}): Promise<OrderView> => {
    const found = await lookUntil(orderId, look, environment.now() + WAIT_AT_MOST_MS);
    if (!found || !isVisible(found)) throw new Problem('not-found');
    return found;
  };
}

export function listOrders({ view }: Pick<CustomerPorts, 'view'>) {
  return (request: PageRequest, customerId?: string, ownedBy?: OwnedBy) =>
    view.reader.list(request, customerId ? { customerId } : {}, ownedBy);
}
