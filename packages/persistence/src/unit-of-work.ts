import type { EventBody } from '@phone82/contracts';
import type { OwnedBy } from './queries.ts';

/** One order's record in a service. The id is the order's; the version grows by one with every save. */
export interface Aggregate {
  readonly id: number;
  readonly version: number;
}

/** A record that could not be handled, or that waits behind one of the same order. */
export interface DeadLetter {
  readonly messageId: string;
  readonly orderId: number | null;
  readonly eventType: string;
  /** The record as it came, for a retry: JSON of key, value and headers. */
  readonly record: string;
  readonly reason: string;
  readonly state: 'dead' | 'parked';
}

/** A message that came in, of an order; null where it names none. */
export interface Arrival {
  readonly messageId: string;
  readonly orderId: number | null;
}

/** What there is to know about messages before they are handled. */
export interface Admitted {
  /** The messages that were not handled before. */
  readonly fresh: ReadonlySet<string>;
  /** The orders that have a dead letter, those of this transaction included, behind which their messages must wait. */
  readonly blocked: ReadonlySet<number>;
}

/**
 * One transaction. A record that another writer changes after it was read through it makes the work run again; what is
 * put and published is written in one go when the work returns, and not at all when it throws.
 */
export interface Transaction<A extends Aggregate> {
  /** Loads several records at once, so that later {@link get}s cost nothing. */
  prefetch(ids: readonly number[]): Promise<void>;
  /** The record, with what this transaction already put; undefined if there is none, or, with `ownedBy`, if it is somebody else's. */
  get(id: number, ownedBy?: OwnedBy): Promise<A | undefined>;
  /** Stores the record. `version` is the one read (0 for a new record); it is raised when stored. */
  put(aggregate: A): void;
  /** Publishes events through the outbox, in this order, each stamped with a message id, the time and the trace context of this call. */
  publish(...events: readonly EventBody[]): void;
  /** Marks messages as handled, and loads the records of their orders, in as few round trips as the database allows. */
  admit(arrivals: readonly Arrival[]): Promise<Admitted>;
  /** Marks messages as handled and returns those that were not handled before. */
  claimMessages(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  addDeadLetter(letter: DeadLetter): void;
  /** An order's dead letters, oldest first, locked; for a letter of no order, that one alone. */
  deadLettersWith(letter: Pick<DeadLetter, 'messageId' | 'orderId'>): Promise<readonly DeadLetter[]>;
  removeDeadLetter(messageId: string): void;
}

/** Records as they are stored, to the caller's knowledge, by id; undefined for one that is not there. */
export type Known<A extends Aggregate> = ReadonlyMap<number, A | undefined>;

export interface UnitOfWork<A extends Aggregate> {
  /**
   * Runs work in one transaction and commits it. A conflict with another writer (version, deadlock,
   * serialization) rolls back and runs the work again, up to five times: work must have no other effects.
   * What is `known` is not read. Where it turns out to be no longer so, or the work changes nothing by which that would
   * turn out, the work runs again and reads.
   */
  run<T>(work: (transaction: Transaction<A>) => Promise<T>, known?: Known<A>): Promise<T>;
  /** Called after each commit that published events. */
  onPublished(listener: () => void): void;
}

/** A record as it is stored after the transaction that put it: with its next version. */
export const asStored = <A extends Aggregate>(record: A): A => ({ ...record, version: record.version + 1 });

/** Someone else changed the record between its read and its save. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
}
