import { foldEvents } from './usecases/fold-events.ts';
import { findOrder, listOrders } from './usecases/look-at-orders.ts';
import type { CustomerPorts } from './usecases/ports.ts';
import { watchOrder } from './usecases/watch-order.ts';

/** Everything that customer does. */
export function customerService(ports: CustomerPorts) {
  return {
    commands: {
      rebuild: ports.view.rebuild,
    },
    queries: {
      findOrder: findOrder(ports),
      listOrders: listOrders(ports),
      watchOrder: watchOrder(ports),
      rebuildProgress: ports.view.progress,
    },
    subscriptions: foldEvents,
    jobs: [],
  };
}

export type CustomerService = ReturnType<typeof customerService>;
