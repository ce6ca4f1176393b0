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
  const id = foreignOrderId(number);
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
  const events = [
    { eventType: 'Ordered', ...order },
    // One that is never paid for must never leave, nor one whose cancel came first.
    ...(chance.happens(0.3) ? [] : [{ eventType: 'PayCompleted', ...payment }]),
    ...(chance.happens(0.4) ? [{ eventType: 'OrderCancelled', ...order, status: 'OrderCancelled' }] : []),
  ];
  for (const event of events) {
    const record: WireRecord = { key: null, value: JSON.stringify(event), headers: {} };
    const partition = chance.below(world.log.records.length);
    world.scheduler.plan(
      chance.between(0, 2_000),
      'foreign event',
      () => void world.log.append([{ ...record, partition }]),
    );
  }
}
