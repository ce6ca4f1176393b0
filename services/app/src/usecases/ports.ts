import type { ItemResource } from '@phone82/contracts';
import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Order } from '../domain/order.ts';
import type { ReconciliationPorts } from './reconciliation-ports.ts';

/** A new order, before it has its number. */
export type OrderDraft = Omit<Order, 'id' | 'version'>;

export interface OrderIntake {
  /** Writes a pending order down and numbers it. A draft whose requestKey was seen before gives the order of then. */
  begin(draft: OrderDraft): Promise<{ readonly order: Order; readonly isNew: boolean }>;
}

/** Where orders get their numbers, and who else uses such numbers. */
export interface OrderNumbers {
  /** From now on no order gets this number or a lower one. */
  raiseAbove(id: number): Promise<void>;
  /** Orders are numbered from here at the lowest. */
  readonly firstId: number;
  /** Each finds the highest order id that somebody else has seen, 0 if none; undefined while that can't be found out. */
  readonly usedElsewhere: readonly (() => Promise<number | undefined>)[];
}

/** Makes sure that no order gets a number that somebody else has used. */
export interface Numbering {
  /** True once every number in use is known and ours begin above; false while somebody can't be asked. */
  secure(): Promise<boolean>;
  /** One of our numbers turned out to be in use: all are asked again before the next order is numbered. */
  doubt(): void;
}

/**
 * What pay said. `notCharged`: certainly nothing was taken. `refused`: nothing was, and pay will never take this one; `inUse`: because it has
 * the payment of another order under this number. `unknown`: it may have been taken.
 */
export type ChargeOutcome =
  | { readonly kind: 'paid' }
  | { readonly kind: 'declined'; readonly declineCode: string }
  | { readonly kind: 'refused'; readonly inUse: boolean }
  | { readonly kind: 'notCharged'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown' };

export interface Payments {
  charge(order: Order): Promise<ChargeOutcome>;
  /**
   * Asks for the outcome, and has a payment that pay never heard of refused for good. `inUse`: pay has the payment of another order under
   * this number, and will never have one of this order.
   */
  settle(order: Order): Promise<'paid' | 'notPaid' | 'inUse' | 'unknown'>;
  /** The highest order id that pay has a payment of; undefined while it can't be asked. */
  highestOrderId(): Promise<number | undefined>;
}

export interface Catalogue {
  find(itemId: string): ItemResource | undefined;
  list(): readonly ItemResource[];
}

export interface OrderSettings {
  /** How long after ordering a customer may cancel. */
  readonly cancelWindowMs: number;
  /** Beside a pay that knows no references: answers and events without one count by order id and price. */
  readonly payWithoutReferences: boolean;
  /** What happened within so long may not be seen by both app and pay yet. */
  readonly reconciliationGraceMs: number;
  /** What differs is looked at again so much later: an event that was under way between app and pay has arrived by then. */
  readonly secondLookAfterMs: number;
  /** When the day's reconciliation begins: `04:45`, in Seoul. */
  readonly reconcileAt: string;
}

/**
 * `ordered`, `declined`, `unavailable` (nobody could be charged), `refused` (pay has another payment under its number) or `pending` at once; one that was pending ends later as
 * `orderedLater` or `failedLater`. `cancelled` is a formed order's end.
 */
export type OrderOutcome =
  | 'ordered'
  | 'declined'
  | 'unavailable'
  | 'refused'
  | 'pending'
  | 'orderedLater'
  | 'failedLater'
  | 'cancelled';

export interface AppPorts {
  readonly orders: UnitOfWork<Order>;
  readonly reader: RecordReader<Order>;
  readonly intake: OrderIntake;
  /** Orders whose outcome is to be asked for. */
  readonly pending: DueReader<Order>;
  readonly payments: Payments;
  readonly numbering: Numbering;
  readonly reconciliation: ReconciliationPorts;
  readonly catalogue: Catalogue;
  readonly environment: Environment;
  readonly settings: OrderSettings;
  /** Told what came of an order. Default: no one is. */
  counted?(outcome: OrderOutcome): void;
}
