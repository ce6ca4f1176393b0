import type { EventBody } from '@phone82/contracts';
import type { OutboxEntry } from './outbox.ts';
import type { OwnedBy } from './queries.ts';
import type { StampEvent } from './stamp-events.ts';
import type { TransactionStorage } from './transaction-storage.ts';
import {
  type Admitted,
  type Aggregate,
  type Arrival,
  ConcurrencyError,
  type DeadLetter,
  type Known,
  type Transaction,
} from './unit-of-work.ts';
import { inWholeNumbers } from './whole-numbers.ts';

/** A transaction that remembers what it read, and writes all that was put and published at its end. */
export class BufferedTransaction<A extends Aggregate> implements Transaction<A> {
  readonly #storage: TransactionStorage<A>;
  readonly #stamp: StampEvent;
  readonly #known: Map<number, A | undefined>;
  /** Whether something was taken as known that nobody read. */
  readonly #trusts: boolean;
  readonly #changed = new Map<number, A>();
  readonly #events: OutboxEntry[] = [];
  readonly #addedLetters = new Map<string, DeadLetter>();
  readonly #removedLetters = new Set<string>();

  constructor(storage: TransactionStorage<A>, stamp: StampEvent, known?: Known<A>) {
    this.#storage = storage;
    this.#stamp = stamp;
    this.#known = new Map(known);
    this.#trusts = this.#known.size > 0;
  }

  async prefetch(ids: readonly number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id)).sort((a, b) => a - b);
    if (missing.length === 0) return;
    this.#remember(missing, await this.#storage.load(missing));
  }

  async admit(arrivals: readonly Arrival[]): Promise<Admitted> {
    if (arrivals.length === 0) return { fresh: new Set(), blocked: new Set() };
    const messageIds = [...new Set(arrivals.map(({ messageId }) => messageId))];
    const orderIds = [...new Set(arrivals.flatMap(({ orderId }) => orderId ?? []))].sort((a, b) => a - b);
    const { fresh, blocked, records } = await this.#storage.admit({ messageIds, orderIds });
    if (fresh.size > 0) this.#remember(orderIds, records);
    const added = new Set([...this.#addedLetters.values()].map(({ orderId }) => orderId));
    return { fresh, blocked: new Set(orderIds.filter((id) => blocked.has(id) || added.has(id))) };
  }

  #remember(asked: readonly number[], found: readonly A[]): void {
    const loaded = new Map(found.map((record) => [record.id, record]));
    for (const id of asked) if (!this.#known.has(id)) this.#known.set(id, loaded.get(id));
  }

  async get(id: number, ownedBy?: OwnedBy): Promise<A | undefined> {
    if (ownedBy) return this.#getOwned(id, ownedBy);
    if (!this.#known.has(id)) await this.prefetch([id]);
    return this.#known.get(id);
  }

  /** The database says whose it is: also of a record that is known already. */
  async #getOwned(id: number, ownedBy: OwnedBy): Promise<A | undefined> {
    const [owned] = await this.#storage.load([id], ownedBy);
    if (!owned) return undefined;
    this.#remember([id], [owned]);
    return this.#known.get(id);
  }

  put(given: A): void {
    const record = inWholeNumbers(given);
    this.#known.set(record.id, record);
    this.#changed.set(record.id, record);
  }

  publish(...bodies: readonly EventBody[]): void {
    for (const body of bodies) this.#events.push(this.#stamp(body));
  }

  async claimMessages(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return messageIds.length === 0 ? new Set() : this.#storage.claim([...new Set(messageIds)]);
  }

  addDeadLetter(letter: DeadLetter): void {
    this.#addedLetters.set(letter.messageId, letter);
  }

  deadLettersWith(letter: Pick<DeadLetter, 'messageId' | 'orderId'>): Promise<readonly DeadLetter[]> {
    return this.#storage.deadLettersWith(letter);
  }

  removeDeadLetter(messageId: string): void {
    this.#removedLetters.add(messageId);
  }

  /**
   * Writes what was buffered, and says whether events were among it.
   * @throws ConcurrencyError where what was only known led to no change: it may no longer be so.
   */
  async flush(): Promise<boolean> {
    if (this.#trusts && this.#changed.size === 0)
      throw new ConcurrencyError('what is known has to be read, for nothing is changed');
    const changes = {
      records: [...this.#changed.values()].sort((a, b) => a.id - b.id),
      events: this.#events,
      addedLetters: [...this.#addedLetters.values()],
      removedLetters: [...this.#removedLetters],
    };
    if (Object.values(changes).some((list) => list.length > 0)) await this.#storage.save(changes);
    return this.#events.length > 0;
  }
}
