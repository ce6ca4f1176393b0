import type { ItemResource } from '@phone82/contracts';
import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Order } from '../domain/order.ts';

/** A new order, before it has its number. */
export type OrderDraft = Omit<Order, 'id' | 'version'>;

export interface OrderIntake {
  /** Writes a pending order down and numbers it. A draft whose requestKey was seen before gives the order of then. */
  begin(draft: OrderDraft): Promise<{ readonly order: Order; readonly isNew: boolean }>;
}

/** What pay said. `notCharged`: certainly nothing was taken. `unknown`: it may have been. */
export type ChargeOutcome =
  | { readonly kind: 'paid' }
  | { readonly kind: 'declined'; readonly declineCode: string }
  | { readonly kind: 'notCharged'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unknown' };

export interface Payments {
  charge(order: Order): Promise<ChargeOutcome>;
  /** Asks for the outcome, and has a payment that pay never heard of refused for good. */
  settle(order: Order): Promise<'paid' | 'notPaid' | 'unknown'>;
}

export interface Catalogue {
  find(itemId: string): ItemResource | undefined;
  list(): readonly ItemResource[];
}

export interface OrderSettings {
  /** How long after ordering a customer may cancel. */
  readonly cancelWindowMs: number;
}

/**
 * `ordered`, `declined`, `unavailable` (nobody could be charged) or `pending` at once; one that was pending ends later as
 * `orderedLater` or `failedLater`. `cancelled` is a formed order's end.
 */
export type OrderOutcome =
  | 'ordered'
  | 'declined'
  | 'unavailable'
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
  readonly catalogue: Catalogue;
  readonly environment: Environment;
  readonly settings: OrderSettings;
  /** Told what came of an order. Default: no one is. */
  counted?(outcome: OrderOutcome): void;
}
