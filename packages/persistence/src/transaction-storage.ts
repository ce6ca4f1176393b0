import type { OutboxEntry } from './outbox.ts';
import type { DeadLetter } from './unit-of-work.ts';

/** What a transaction writes when it ends. */
export interface Changes<A> {
  /** In the order of their ids, each with the version it was read with. */
  readonly records: readonly A[];
  readonly events: readonly OutboxEntry[];
  readonly addedLetters: readonly DeadLetter[];
  readonly removedLetters: readonly string[];
}

/** One open transaction of a store, SQL or memory. */
export interface TransactionStorage<A> {
  /** Reads and locks records, in the order of their ids. */
  load(ids: readonly number[]): Promise<readonly A[]>;
  claim(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  ordersWithDeadLetters(orderIds: readonly number[]): Promise<ReadonlySet<number>>;
  deadLettersWith(letter: Pick<DeadLetter, 'messageId' | 'orderId'>): Promise<readonly DeadLetter[]>;
  /**
   * Writes the records before the events, so that events of one order get their place while its row is locked.
   * @throws ConcurrencyError if a record has another version by now.
   */
  save(changes: Changes<A>): Promise<void>;
}
