import type { OrderRoute } from '../load/load.ts';

/** Its caller numbers an order, as Restate has it: the number makes a repeated request the same order. */
export const ORDER_ROUTE: OrderRoute = { path: '/orders/{number}/place', status: 200 };
