import { cancelOrder } from './usecases/cancel-order.ts';
import { findOrder, listOrders } from './usecases/find-orders.ts';
import { followOrder } from './usecases/follow-order.ts';
import { placeOrder } from './usecases/place-order.ts';
import type { AppPorts } from './usecases/ports.ts';
import { settlePendingOrders } from './usecases/settle-pending-orders.ts';

/** Everything that app does. */
export function appService(ports: AppPorts) {
  return {
    commands: {
      placeOrder: placeOrder(ports),
      cancelOrder: cancelOrder(ports),
    },
    queries: {
      findOrder: findOrder(ports),
      listOrders: listOrders(ports),
      listItems: () => [...ports.catalogue.list()],
    },
    subscriptions: followOrder,
    jobs: [settlePendingOrders(ports)],
  };
}

export type AppService = ReturnType<typeof appService>;
