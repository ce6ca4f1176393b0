import { decodeRecord, type PhoneEvent } from '@phone82/contracts';
import type { Order } from '../../../services/app/src/domain/order.ts';
import type { OrderView } from '../../../services/customer/src/domain/order-view.ts';
import type { Mileage } from '../../../services/marketing/src/domain/mileage.ts';
import type { Payment } from '../../../services/pay/src/domain/payment.ts';
import type { Delivery } from '../../../services/store/src/domain/delivery.ts';
import type { Journey } from '../clients/customer-journey.ts';
import { activeGeneration } from '../services/customer.ts';
import { pspOrderPrefix } from '../services/pay.ts';
import { recordsOf } from '../services/simulated-service.ts';
import { isForeign } from '../world/foreign-orders.ts';
import type { World } from '../world/world.ts';

/** The PSP's own books on one order. */
export interface Balance {
  readonly charged: number;
  readonly refunded: number;
  readonly net: number;
  readonly charges: number;
  readonly refunds: number;
}

export interface LoggedEvent {
  readonly messageId: string;
  readonly orderId: number;
  readonly event: PhoneEvent;
}

/** What is left when everything is over: databases, log, the PSP's books, and what customers were told. */
export interface Evidence {
  readonly world: World;
  readonly journeys: readonly Journey[];
  readonly orders: ReadonlyMap<number, Order>;
  readonly payments: ReadonlyMap<number, Payment>;
  readonly deliveries: ReadonlyMap<number, Delivery>;
  readonly mileages: ReadonlyMap<number, Mileage>;
  readonly views: ReadonlyMap<number, OrderView>;
  readonly balances: ReadonlyMap<number, Balance>;
  /** Each readable event of the log once, whatever it stands there how often. */
  readonly events: readonly LoggedEvent[];
}

const byId = <A extends { readonly id: number }>(records: readonly A[]) =>
  new Map(records.map((record) => [record.id, record]));

export const noBalance: Balance = { charged: 0, refunded: 0, net: 0, charges: 0, refunds: 0 };

export async function gatherEvidence(world: World, journeys: readonly Journey[]): Promise<Evidence> {
  const { app, pay, store, marketing, views } = world.databases;
  const view = views.tables.get(activeGeneration(views) ?? 0);
  const books = await world.psp.ledger.transact((ledger) =>
    ledger.balances({ orderIdPrefix: '', startingAfter: '', limit: 10_000 }),
  );
  return {
    world,
    journeys,
    orders: byId(recordsOf(app)),
    payments: byId(recordsOf(pay)),
    deliveries: byId(recordsOf(store)),
    mileages: byId(recordsOf(marketing)),
    views: byId(view ? recordsOf(view) : []),
    balances: new Map(
      books.map((balance) => [Number(balance.orderId.slice(pspOrderPrefix.length)), balance]),
    ),
    events: distinctEvents(world),
  };
}

function distinctEvents(world: World): readonly LoggedEvent[] {
  const events = new Map<string, LoggedEvent>();
  for (const record of world.log.records.flat()) {
    const decoded = decodeRecord(record, record);
    if (decoded.kind !== 'event') continue;
    const { event, orderId, context } = decoded;
    if (!events.has(context.messageId))
      events.set(context.messageId, { messageId: context.messageId, orderId, event });
  }
  return [...events.values()];
}

/** The events of one type about one order. */
export const eventsOf = ({ events }: Evidence, orderId: number, eventType: PhoneEvent['eventType']) =>
  events.filter((one) => one.orderId === orderId && one.event.eventType === eventType);

/** A payment that somebody made past app, which gives each of its own a reference. */
export const isPastApp = (payment: Payment | undefined): boolean =>
  payment !== undefined && payment.reference === null && payment.price > 0 && !isForeign(payment.id);

/** Orders that stand: their money is to stay with us. */
export const stands = ({ status }: Order): boolean => status === 'Payed' || status === 'Shipped';
