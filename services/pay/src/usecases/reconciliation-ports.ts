import type { Period } from '@phone82/contracts';
import type { DailyTurn } from '@phone82/persistence';
import type { DifferenceKind, PspSums } from '../domain/find-difference.ts';
import type { Payment } from '../domain/payment.ts';
import type { PspTransaction } from './psp-port.ts';

/** One order about which our records and the PSP's disagree. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly pspOrderId: string | null;
  readonly orderId: number | null;
  /** Our record; null if there is none. */
  readonly payment: Payment | null;
  /** Won, within the period, by the PSP's books. */
  readonly charged: number;
  readonly refunded: number;
}

export interface ReconciliationReport {
  readonly period: Period;
  /** Movements of money in the PSP's books. */
  readonly transactions: number;
  /** Orders compared, and those left for the next time because something just happened to them. */
  readonly orders: number;
  readonly moving: number;
  readonly counts: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** The first of them; `counts` has them all. */
  readonly differences: readonly Difference[];
}

/** Where the PSP's transactions are summed up per order, and compared with the payments, without holding all of either. */
export interface ReconciliationBooks {
  /** Adds transactions to the sums of a run. */
  add(runId: string, transactions: readonly PspTransaction[]): Promise<void>;
  /** The sums of a run, by the PSP's order number, from behind `after` on. */
  sums(runId: string, after: string, limit: number): Promise<readonly PspSums[]>;
  payments(orderIds: readonly number[]): Promise<readonly Payment[]>;
  /** Payments that were asked for, charged or given back within a period, by order id, from behind `after` on. */
  paymentsOfPeriod(period: Period, after: number, limit: number): Promise<readonly Payment[]>;
  /** Payments of the period for which the run has no sums, by order id, from behind `after` on. */
  paymentsWithoutSums(
    runId: string,
    period: Period,
    after: number,
    limit: number,
  ): Promise<readonly Payment[]>;
  /** Drops the sums of a run, and of runs that ended without doing so. */
  forget(runId: string): Promise<void>;
}

export interface ReconciliationPorts {
  readonly books: ReconciliationBooks;
  readonly turn: DailyTurn;
  /** Tells people of what was found. */
  report(report: ReconciliationReport): void;
}
