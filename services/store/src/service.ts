import { findDelivery, listDeliveries } from './usecases/find-deliveries.ts';
import type { StorePorts } from './usecases/ports.ts';
import { receiveOrders } from './usecases/receive-orders.ts';
import { shipDelivery } from './usecases/ship-delivery.ts';
import { shipDueDeliveries } from './usecases/ship-due-deliveries.ts';

/** Everything that store does. */
export function storeService(ports: StorePorts) {
  return {
    commands: {
      shipDelivery: shipDelivery(ports),
    },
    queries: {
      findDelivery: findDelivery(ports),
      listDeliveries: listDeliveries(ports),
    },
    subscriptions: receiveOrders(ports),
    jobs: [shipDueDeliveries(ports)],
  };
}

export type StoreService = ReturnType<typeof storeService>;
