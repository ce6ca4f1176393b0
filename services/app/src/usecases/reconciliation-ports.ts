import type { Period } from '@phone82/contracts';
import type { DailyTurn } from '@phone82/persistence';
import type { OrderDifferenceKind, PaymentRecord } from '../domain/find-order-difference.ts';
import type { Order } from '../domain/order.ts';

/** Orders by id, a page at a time. */
export interface OrderBooks {
  /** Those placed within a period, from behind the id `after` on. */
  ofPeriod(period: Period, after: number, limit: number): Promise<readonly Order[]>;
  of(ids: readonly number[]): Promise<readonly Order[]>;
}

/**
 * pay's records, by order id, a page at a time.
 * @throws PaymentRecordsUnavailable if they can't be read now.
 */
export interface PaymentRecords {
  /** Those that were asked for, charged or given back within a period, from behind the order id `after` on. */
  ofPeriod(period: Period, after: number, limit: number): Promise<readonly PaymentRecord[]>;
  of(orderIds: readonly number[]): Promise<readonly PaymentRecord[]>;
}

/** pay can't be asked for its records now. */
export class PaymentRecordsUnavailable extends Error {
  override readonly name = 'PaymentRecordsUnavailable';
}

/** One order about which app and pay disagree. */
export interface OrderDifference {
  readonly kind: OrderDifferenceKind;
  readonly orderId: number;
  readonly order: Order | null;
  readonly payment: PaymentRecord | null;
}

export interface OrderReconciliation {
  readonly period: Period;
  /** Order ids compared, and those left for the next time because something just happened to them. */
  readonly compared: number;
  readonly moving: number;
  readonly counts: Readonly<Partial<Record<OrderDifferenceKind, number>>>;
  /** The first of them; `counts` has them all. */
  readonly differences: readonly OrderDifference[];
}

export interface ReconciliationPorts {
  readonly books: OrderBooks;
  readonly records: PaymentRecords;
  readonly turn: DailyTurn;
  /** Tells people of what was found. */
  report(report: OrderReconciliation): void;
}
