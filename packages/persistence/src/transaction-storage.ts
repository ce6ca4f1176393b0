import type { OutboxEntry } from './outbox.ts';
import type { OwnedBy } from './queries.ts';
import type { Admitted, DeadLetter } from './unit-of-work.ts';

/** What a transaction writes when it ends. */
export interface Changes<A> {
  /** In the order of their ids, each with the version it was read with. */
  readonly records: readonly A[];
  readonly events: readonly OutboxEntry[];
  readonly addedLetters: readonly DeadLetter[];
  readonly removedLetters: readonly string[];
}

/** Messages, and the orders that they are of. */
export interface Arrivals {
  readonly messageIds: readonly string[];
  readonly orderIds: readonly number[];
}

/** One open transaction of a store, SQL or memory. */
export interface TransactionStorage<A> {
  /** Reads records, in the order of their ids, with `ownedBy` only those of someone. Either they stay locked, or {@link save} finds out that another writer was first. */
  load(ids: readonly number[], ownedBy?: OwnedBy): Promise<readonly A[]>;
  /** {@link claim} and {@link load} in one, and which of the orders have a dead letter that later messages must wait behind. */
  admit(arrivals: Arrivals): Promise<Admitted & { readonly records: readonly A[] }>;
  claim(messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  deadLettersWith(letter: Pick<DeadLetter, 'messageId' | 'orderId'>): Promise<readonly DeadLetter[]>;
  /**
   * Writes the records before the events, so that events of one order get their place while its row is locked.
   * @throws ConcurrencyError if a record has another version by now.
   */
  save(changes: Changes<A>): Promise<void>;
}

/** One step after the other, for stores where a step costs little, or locks what it reads. */
export async function admitInSteps<A>(
  storage: Pick<TransactionStorage<A>, 'claim' | 'load'>,
  blockedOf: (orderIds: readonly number[]) => Promise<ReadonlySet<number>>,
  { messageIds, orderIds }: Arrivals,
): Promise<Admitted & { readonly records: readonly A[] }> {
  const fresh = await storage.claim(messageIds);
  if (fresh.size === 0 || orderIds.length === 0) return { fresh, blocked: new Set(), records: [] };
  const records = await storage.load(orderIds);
  return { fresh, blocked: await blockedOf(orderIds), records };
}
