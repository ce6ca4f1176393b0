import type { WireRecord } from '@phone82/contracts';
import type { Chance } from '../engine/chance.ts';
import type { World } from './world.ts';

/** Higher than app numbers above, so that its own orders are told from these by their ids. */
const FIRST_FOREIGN_ID = 2_000_000_000_000;

/** Orders of an app that is not ours: only their events reach us. */
export const isForeign = (orderId: number): boolean => orderId >= FIRST_FOREIGN_ID;

export const foreignOrderId = (number: number): number => FIRST_FOREIGN_ID + number;

export const foreignCustomer = (orderId: number): string => `guest-${orderId - FIRST_FOREIGN_ID}`;

/** The events of an order as a Java app and its services send them: flat JSON, no key, no headers, in any order. */
export function sendForeignOrder(world: World, number: number, chance: Chance): void {
  const { Ordered, PayCompleted, OrderCancelled } = eventsOf(foreignOrderId(number));
  const events = [
    Ordered,
    // One that is never paid for must never leave, nor one whose cancel came first.
    ...(chance.happens(0.3) ? [] : [PayCompleted]),
    ...(chance.happens(0.4) ? [OrderCancelled] : []),
  ];
  for (const event of events) {
    const partition = chance.below(world.log.records.length);
    sendLater(world, event, partition, chance.between(0, 2_000));
  }
}

/**
 * An order that Java services worked on before ours began: its events are in the log already, in any order. Gives the types
 * of those events. The cancel of one that was not over may come when ours have begun.
 */
export function leavePastOrder(world: World, number: number, chance: Chance): ReadonlySet<string> {
  const all = eventsOf(foreignOrderId(FIRST_PAST_NUMBER + number));
  const paid = [all.Ordered, all.PayCompleted];
  const done = [
    ...(chance.happens(0.6) ? [all.Shipped] : []),
    ...(chance.happens(0.6) ? [all.PromoCompleted] : []),
  ];
  const isTakenBack = chance.happens(0.4);
  const takenBack = [
    all.OrderCancelled,
    all.PayCancelled,
    // A Java pay that does not reach marketing leaves the mileage, and tells of its cancel all the same.
    ...(chance.happens(0.7) ? [all.PromoCancelled] : []),
  ];
  const events = [...paid, ...done, ...(isTakenBack ? takenBack : [])];
  for (const event of shuffled(events, chance)) {
    const partition = chance.below(world.log.records.length);
    void world.log.append([{ ...recordOf(event), partition }]);
  }
  if (!isTakenBack && chance.happens(0.3))
    sendLater(world, all.PayCancelled, chance.below(world.log.records.length), chance.between(0, 600));
  return new Set(events.map(({ eventType }) => eventType));
}

const FIRST_PAST_NUMBER = 1_000;

export const pastOrderId = (number: number): number => foreignOrderId(FIRST_PAST_NUMBER + number);

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, place: chance.between(0, 1) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

type ForeignEvent = { readonly eventType: string };

function eventsOf(id: number) {
  const common = { id, customerId: foreignCustomer(id), timestamp: '20260101090001' };
  const order = {
    ...common,
    item: 'LG10',
    qty: 1,
    status: 'Ordered',
    store: null,
    price: 899_000,
    point: null,
  };
  const payment = { ...common, orderId: id, price: 899_000, process: 'Payed' };
  const mileage = { ...common, orderId: id, point: 300_000, process: 'PayCompleted' };
  return {
    Ordered: { eventType: 'Ordered', ...order },
    PayCompleted: { eventType: 'PayCompleted', ...payment },
    Shipped: {
      eventType: 'Shipped',
      ...common,
      orderId: id,
      address: null,
      item: null,
      process: 'Shipped',
    },
    PromoCompleted: { eventType: 'PromoCompleted', ...mileage },
    OrderCancelled: { eventType: 'OrderCancelled', ...order, status: 'OrderCancelled' },
    PayCancelled: { eventType: 'PayCancelled', ...payment, price: 0, process: 'PayCancelled' },
    PromoCancelled: { eventType: 'PromoCancelled', ...mileage, point: 0, process: 'PayCancelled' },
  };
}

const recordOf = (event: ForeignEvent): WireRecord => ({
  key: null,
  value: JSON.stringify(event),
  headers: {},
});

function sendLater(world: World, event: ForeignEvent, partition: number, atMs: number): void {
  const record = { ...recordOf(event), partition };
  world.scheduler.plan(atMs, 'foreign event', () => void world.log.append([record]));
}
