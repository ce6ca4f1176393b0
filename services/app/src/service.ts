import { cancelOrder } from './usecases/cancel-order.ts';
import { findOrder, listOrders } from './usecases/find-orders.ts';
import { followOrder } from './usecases/follow-order.ts';
import { placeOrder } from './usecases/place-order.ts';
import type { AppPorts } from './usecases/ports.ts';
import { reconcileOrders } from './usecases/reconcile-orders.ts';
import { reconcileOrdersDaily } from './usecases/reconcile-orders-daily.ts';
import { secureNumbers } from './usecases/secure-numbers.ts';
import { settlePendingOrders } from './usecases/settle-pending-orders.ts';

/** Everything that app does. */
export function appService(ports: AppPorts) {
  const reconciling = reconcileOrders(ports);
  return {
    commands: {
      placeOrder: placeOrder(ports),
      cancelOrder: cancelOrder(ports),
      reconcileOrders: reconciling,
    },
    queries: {
      findOrder: findOrder(ports),
      listOrders: listOrders(ports),
      listItems: () => [...ports.catalogue.list()],
    },
    subscriptions: followOrder(ports),
    jobs: [secureNumbers(ports), settlePendingOrders(ports), reconcileOrdersDaily(ports, reconciling)],
  };
}

export type AppService = ReturnType<typeof appService>;
