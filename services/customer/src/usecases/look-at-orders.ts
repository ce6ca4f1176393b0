import { Problem } from '@phone82/contracts';
import type { PageRequest } from '@phone82/persistence';
import { isVisible, type OrderView, shownVersion } from '../domain/order-view.ts';
import type { CustomerPorts } from './ports.ts';

const WAIT_AT_MOST_MS = 500;
const LOOK_EVERY_MS = 20;

/** One order's view; with `minVersion`, waits up to half a second for it to hold that many events. */
export function findOrder({ view, environment }: CustomerPorts) {
  const lookUntil = async (
    orderId: number,
    minVersion: number,
    deadline: number,
  ): Promise<OrderView | undefined> => {
    const found = await view.reader.find(orderId);
    const isEnough = (found ? shownVersion(found) : 0) >= minVersion || environment.now() >= deadline;
    if (isEnough) return found;
    await environment.sleep(LOOK_EVERY_MS);
    return lookUntil(orderId, minVersion, deadline);
  };
  return async (orderId: number, minVersion = 0): Promise<OrderView> => {
    const found = await lookUntil(orderId, minVersion, environment.now() + WAIT_AT_MOST_MS);
    if (!found || !isVisible(found)) throw new Problem('not-found');
    return found;
  };
}

export function listOrders({ view }: Pick<CustomerPorts, 'view'>) {
  return (request: PageRequest, customerId?: string) =>
    view.reader.list(request, customerId ? { customerId } : {});
}
