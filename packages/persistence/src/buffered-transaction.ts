import type { EventBody } from '@phone82/contracts';
import type { OutboxEntry } from './outbox.ts';
import type { StampEvent } from './stamp-events.ts';
import type { TransactionStorage } from './transaction-storage.ts';
import type { Aggregate, DeadLetter, Transaction } from './unit-of-work.ts';

/** A transaction that remembers what it read, and writes all that was put and published at its end. */
export class BufferedTransaction<A extends Aggregate> implements Transaction<A> {
  readonly #storage: TransactionStorage<A>;
  readonly #stamp: StampEvent;
  readonly #known = new Map<number, A | undefined>();
  readonly #changed = new Map<number, A>();
  readonly #events: OutboxEntry[] = [];
  readonly #addedLetters = new Map<string, DeadLetter>();
  readonly #removedLetters = new Set<string>();

  constructor(storage: TransactionStorage<A>, stamp: StampEvent) {
    this.#storage = storage;
    this.#stamp = stamp;
  }

  async prefetch(ids: readonly number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id)).sort((a, b) => a - b);
    if (missing.length === 0) return;
    const loaded = new Map((await this.#storage.load(missing)).map((record) => [record.id, record]));
    for (const id of missing) if (!this.#known.has(id)) this.#known.set(id, loaded.get(id));
  }

  async get(id: number): Promise<A | undefined> {
    await this.prefetch([id]);
    return this.#known.get(id);
  }

  put(record: A): void {
    this.#known.set(record.id, record);
    this.#changed.set(record.id, record);
  }

  publish(...bodies: readonly EventBody[]): void {
    for (const body of bodies) this.#events.push(this.#stamp(body));
  }

  async claimMessages(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return messageIds.length === 0 ? new Set() : this.#storage.claim([...new Set(messageIds)]);
  }

  async ordersWithDeadLetters(orderIds: readonly number[]): Promise<ReadonlySet<number>> {
    if (orderIds.length === 0) return new Set();
    const stored = await this.#storage.ordersWithDeadLetters([...new Set(orderIds)]);
    const added = new Set([...this.#addedLetters.values()].map(({ orderId }) => orderId));
    return new Set(orderIds.filter((id) => stored.has(id) || added.has(id)));
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

  /** Writes what was buffered, and says whether events were among it. */
  async flush(): Promise<boolean> {
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
