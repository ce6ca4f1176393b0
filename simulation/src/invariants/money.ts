import { hasFormed } from '../../../services/app/src/domain/order.ts';
import { pointOf } from '../../../services/marketing/src/domain/mileage.ts';
import { type Evidence, eventsOf, isPastApp, noBalance, stands } from './evidence.ts';

/** I2: by the PSP's own books an order that stands is paid for, once, and any other comes to nothing. */
export function* booksMatchOrders({ orders, balances, payments }: Evidence): Generator<string> {
  for (const id of balances.keys())
    if (!orders.has(id) && !isPastApp(payments.get(id)))
      yield `the PSP charged for ${id}, of which app knows nothing`;
  for (const order of orders.values()) {
    if (isPastApp(payments.get(order.id))) {
      if (hasFormed(order)) yield `the order ${order.id} is ${order.status} by a payment that is not its own`;
      continue;
    }
    const { net, charges, refunds } = balances.get(order.id) ?? noBalance;
    const expected = stands(order) ? order.price : 0;
    if (net !== expected)
      yield `the order ${order.id} is ${order.status}, and ${net} won are with us instead of ${expected}`;
    if (charges > 1) yield `the order ${order.id} was charged ${charges} times`;
    if (refunds > charges)
      yield `the order ${order.id} was refunded ${refunds} times, charged ${charges} times`;
  }
}

/** I3: what was cancelled leaves no money, no mileage, and no parcel that left afterwards. */
export function* cancelledLeavesNothing({
  payments,
  balances,
  mileages,
  world,
}: Evidence): Generator<string> {
  for (const { id } of [...payments.values()].filter(({ state }) => state === 'PayCancelled')) {
    const { net } = balances.get(id) ?? noBalance;
    const mileage = mileages.get(id);
    if (net !== 0) yield `the payment ${id} was cancelled, and ${net} won are still with us`;
    if (!mileage || pointOf(mileage) !== 0)
      yield `the payment ${id} was cancelled, and its mileage is ${mileage && pointOf(mileage)}`;
  }
  const gone = new Set<number>();
  for (const { id, state } of world.databases.store.versions) {
    if (state.state === 'Cancelled') gone.add(id);
    // Another implementation may have shipped it all the same: its parcel is to come back.
    const isTheirs = state.state === 'ReturnRequested' && world.past.get(id)?.has('Shipped');
    if (gone.has(id) && state.state !== 'Cancelled' && !isTheirs)
      yield `the delivery ${id} was cancelled, and then ${state.state}`;
  }
}

/** I4: nothing leaves that is not paid for. */
export function* shippedIsCharged(evidence: Evidence): Generator<string> {
  for (const { id, state } of evidence.deliveries.values()) {
    if (state !== 'Shipped' && state !== 'ReturnRequested') continue;
    if (eventsOf(evidence, id, 'PayCompleted').length === 0)
      yield `the delivery ${id} is ${state}, and nobody told of a payment`;
    if (evidence.orders.has(id) && evidence.balances.get(id)?.charges !== 1)
      yield `the delivery ${id} is ${state}, and the PSP never charged for it`;
  }
}
