import { keyOfPrincipal } from '@phone82/http';
import { hasFormed, type Order, statusOf } from '../../../services/app/src/domain/order.ts';
import type { Journey } from '../clients/customer-journey.ts';
import { catalogue } from '../services/app.ts';
import { isForeign } from '../world/foreign-orders.ts';
import { type Evidence, eventsOf, isPastApp, stands } from './evidence.ts';

const neverFormed = (order: Order) => !hasFormed(order);

/** I1: each 201 has exactly one order, the one that was asked for; a refusal has none. */
export function* eachAnswerHasItsOrder({ journeys, orders }: Evidence): Generator<string> {
  const owners = new Map<number, number>();
  for (const [index, journey] of journeys.entries()) {
    const told = new Set(journey.formed);
    if (journey.key !== undefined && told.size > 1) yield `key ${journey.key} formed the orders ${[...told]}`;
    for (const id of told) {
      const order = orders.get(id);
      if (!order || neverFormed(order))
        yield `the order ${id} was confirmed, and is ${order?.status ?? 'not there'}`;
      if (owners.has(id) && owners.get(id) !== index) yield `the order ${id} was given to two customers`;
      owners.set(id, index);
      if (order) yield* isAsAskedFor(order, journey);
    }
    if (journey.key !== undefined) yield* keyHasOneOrder(journey, orders);
  }
}

function* isAsAskedFor(order: Order, { item, qty, customer }: Journey): Generator<string> {
  if (order.customerId !== customer)
    yield `the order ${order.id} of ${customer} belongs to ${order.customerId}`;
  const price = (catalogue.find(item)?.price ?? 0) * qty;
  if (order.item !== item || order.qty !== qty || order.price !== price)
    yield `the order ${order.id} is ${order.qty} × ${order.item} for ${order.price}, asked for were ${qty} × ${item} for ${price}`;
}

function* keyHasOneOrder(
  { key: chosen = '', customer, refused }: Journey,
  orders: ReadonlyMap<number, Order>,
): Generator<string> {
  const key = keyOfPrincipal(chosen, { subject: customer, service: null });
  // Each customer chooses a key once: what is refused as used before was used by somebody else.
  if (refused === 'idempotency-key-reused')
    yield `${customer} was refused the key ${chosen}, which is somebody else's`;
  const formed = [...orders.values()].filter((order) => order.requestKey === key && !neverFormed(order));
  if (formed.length > 1) yield `${key} has the orders ${formed.map(({ id }) => id)}`;
  // A request that was not charged may be sent again under its key, and its own double may come late: a decline is for good.
  const standing = formed.filter(({ status }) => status === 'Payed' || status === 'Shipped');
  if (refused === 'payment-declined' && standing.length > 0)
    yield `${key} was refused (${refused}), and its order ${standing[0]?.id} stands`;
}

/** I1: of each phone no more orders stand than were asked for. Only a request without a key may count twice, if the network doubled it. */
export function* noneStandsUnasked({ journeys, orders }: Evidence): Generator<string> {
  const kindOf = ({ item, qty }: Pick<Order, 'item' | 'qty'>) => `${qty} × ${item}`;
  const standing = Map.groupBy([...orders.values()].filter(stands), kindOf);
  for (const [kind, all] of standing) {
    const askedFor = journeys
      .filter((journey) => kindOf(journey) === kind)
      .reduce((sum, { key, sent }) => sum + (key === undefined ? 2 * sent : 1), 0);
    if (all.length > askedFor)
      yield `the orders ${all.map(({ id }) => id)} of ${kind} stand, asked for were ${askedFor}`;
  }
}

/** I9: every cancel of an order that formed is accepted, and ends with everything undone, however long marketing was away. */
export function* cancelsAreCarriedOut({ journeys, orders, payments }: Evidence): Generator<string> {
  for (const id of journeys.flatMap(({ notCancelled }) => [...notCancelled])) {
    // Money that came after its order had failed goes back by the way of a cancel.
    const order = orders.get(id);
    const status = order && statusOf(order);
    if (status !== 'PaymentFailed' && status !== 'PayCancelled')
      yield `the cancel of the order ${id} was refused, and it is ${status}`;
  }
  for (const { cancelled } of journeys)
    for (const id of cancelled) {
      const [order, payment] = [orders.get(id), payments.get(id)];
      if (order?.status !== 'PayCancelled') yield `the cancelled order ${id} is ${order?.status}`;
      if (payment?.state !== 'PayCancelled')
        yield `the payment of the cancelled order ${id} is ${payment?.state}`;
    }
}

/** I9: store heeds the cancel of another app's order as well, whatever came first. */
export function* foreignCancelsReachStore({ events, deliveries }: Evidence): Generator<string> {
  for (const { orderId, event } of events) {
    if (!isForeign(orderId) || event.eventType !== 'OrderCancelled') continue;
    const state = deliveries.get(orderId)?.state;
    if (state !== 'Cancelled' && state !== 'ReturnRequested')
      yield `the order ${orderId} was cancelled by its app, and its delivery is ${state}`;
  }
}

/** I9: an order that was paid for stands, unless somebody asked for its cancel. */
export function* nothingIsTakenBackUnasked(evidence: Evidence): Generator<string> {
  const askedBack = new Set(evidence.journeys.flatMap((journey) => [...journey.askedBack]));
  for (const order of evidence.orders.values()) {
    if (askedBack.has(order.id) || stands(order) || isPastApp(evidence.payments.get(order.id))) continue;
    if (eventsOf(evidence, order.id, 'PayCompleted').length > 0)
      yield `the order ${order.id} was paid for, nobody cancelled it, and it is ${order.status}`;
  }
}

const agreeing: Readonly<Record<string, readonly string[]>> = {
  Payed: ['Payed'],
  Shipped: ['Payed'],
  PayCancelled: ['PayCancelled'],
  PaymentFailed: ['none', 'Declined', 'Voided', 'PayCancelled'],
};

/** Every service has the same story to tell of an order. */
export function* servicesAgree({ orders, payments, deliveries, mileages }: Evidence): Generator<string> {
  for (const order of orders.values()) {
    const { id, point } = order;
    if (isPastApp(payments.get(id))) continue;
    const status = statusOf(order);
    const payment = payments.get(id)?.state ?? 'none';
    const delivery = deliveries.get(id)?.state ?? 'Absent';
    const mileage = mileages.get(id)?.state ?? 'Absent';
    if (!agreeing[status]?.includes(payment)) yield `the order ${id} is ${status}, its payment ${payment}`;
    if ((status === 'Shipped') !== (delivery === 'Shipped'))
      yield `the order ${id} is ${status}, its delivery ${delivery}`;
    if (status === 'Payed' && delivery !== 'Payed')
      yield `the order ${id} is ${status}, its delivery ${delivery}`;
    if ((payment === 'Payed') !== (mileage === 'Granted'))
      yield `the payment ${id} is ${payment}, its mileage ${mileage}`;
    const expected = mileage === 'Granted' ? 300_000 : mileage === 'Cancelled' ? 0 : null;
    if (status !== 'PaymentFailed' && point !== expected)
      yield `the order ${id} shows ${point} points, its mileage is ${mileage}`;
  }
}

/** I10: every service knows the record of an order as its customer's. */
export function* recordsNameTheirCustomer({
  orders,
  payments,
  deliveries,
  mileages,
  views,
}: Evidence): Generator<string> {
  for (const { id, customerId } of orders.values()) {
    const payment = payments.get(id);
    if (isPastApp(payment)) continue;
    for (const [what, record] of Object.entries({
      // Of one that an operator ended before anybody was charged nothing says whose it was.
      payment: payment?.state === 'Voided' ? undefined : payment,
      delivery: deliveries.get(id),
      mileage: mileages.get(id),
      view: views.get(id),
    }))
      if (record && record.customerId !== customerId)
        yield `the ${what} of the order ${id} of ${customerId} belongs to ${record.customerId}`;
  }
}
