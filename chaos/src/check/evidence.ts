import type { Journey } from '../load/journey.ts';
import type { Records } from '../observe/records.ts';

/** What the PSP's own ledger says of one order. Won. */
export interface Balance {
  readonly charges: number;
  readonly charged: number;
  readonly refunds: number;
  readonly refunded: number;
}

/** Everything that can be seen of a system from outside, once it has come to rest. */
export interface Evidence {
  /** What the customers did and were told. */
  readonly journeys: readonly Journey[];
  /** Also those that never formed. */
  readonly orders: Records;
  readonly payments: Records;
  readonly deliveries: Records;
  readonly mileages: Records;
  readonly views: Records;
  readonly ledger: ReadonlyMap<number, Balance>;
  /** How many messages could not be handled, by service. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** What the reconciliation of pay's records with the PSP's said, if it found a difference. */
  readonly reconciliation: string | undefined;
}

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9';

export interface Violation {
  readonly invariant: Invariant;
  readonly orderId?: number;
  /** In a sentence. */
  readonly what: string;
}

/** Looks for one kind of violation. */
export type Check = (evidence: Evidence) => Violation[];

export const net = (balance: Balance | undefined) => (balance ? balance.charged - balance.refunded : 0);
