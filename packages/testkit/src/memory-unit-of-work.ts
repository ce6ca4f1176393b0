import type { WireRecord } from '@phone82/contracts';
import {
  type Aggregate,
  BufferedTransaction,
  type DeadLetter,
  type Known,
  type Outbox,
  retryConflicts,
  stampEvents,
  type UnitOfWork,
  type WaitingEvent,
} from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { manualEnvironment } from './manual-environment.ts';
import { createMemoryStore, type MemoryStore, memoryTransactionStorage } from './memory-store.ts';

export interface MemoryUnitOfWork<A extends Aggregate> extends UnitOfWork<A> {
  readonly store: MemoryStore<A>;
  /** For a relay. */
  readonly outbox: Outbox;
  /** The events published and not yet drained, in order. */
  published(): readonly WireRecord[];
  deadLetters(): readonly DeadLetter[];
  /** Publishes what waits in the outbox, as a relay would. */
  drain(bus: { publish(records: readonly WireRecord[]): Promise<void> }): Promise<void>;
}

/** Transactions as the SQL ones, in memory: the same buffering, stamping, version conflicts and retries. */
export function createMemoryUnitOfWork<A extends Aggregate>(
  options: { source?: string; environment?: Environment; store?: MemoryStore<A> } = {},
): MemoryUnitOfWork<A> {
  const { source = 'test', environment = manualEnvironment(), store = createMemoryStore<A>() } = options;
  const stamp = stampEvents(source, environment);
  const listeners: (() => void)[] = [];

  const inTurn = oneAtATime();

  type Work = Parameters<UnitOfWork<A>['run']>[0];
  const runOnce = async <T>(work: Work, known: Known<A> | undefined) => {
    const storage = memoryTransactionStorage(store);
    const transaction = new BufferedTransaction(storage, stamp, known);
    const result = (await work(transaction)) as T;
    const published = await transaction.flush();
    storage.commit();
    return { result, published };
  };

  return {
    store,
    outbox: memoryOutbox(store),
    run: async <T>(work: Work, known?: Known<A>) => {
      const { result, published } = await retryConflicts(environment, known, (attempt) =>
        inTurn(() => runOnce<T>(work, attempt.known)),
      );
      if (published) for (const listener of listeners) listener();
      return result;
    },
    onPublished: (listener) => void listeners.push(listener),
    published: () => [...store.outbox.values()].map(({ record }) => record),
    deadLetters: () => [...store.deadLetters.values()],
    drain: async (bus) => {
      const waiting = [...store.outbox];
      if (waiting.length === 0) return;
      await bus.publish(waiting.map(([, { record }]) => record));
      for (const [seq] of waiting) store.outbox.delete(seq);
    },
  };
}

/** A transaction waits for the one before it, as SQLite's do: a record that was read stays as it is until the end. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

function memoryOutbox<A extends Aggregate>(store: MemoryStore<A>): Outbox {
  const next = async (limit: number): Promise<WaitingEvent[]> =>
    [...store.outbox].slice(0, limit).map(([seq, { createdAt, record }]) => ({ seq, createdAt, record }));
  const remove = async (events: readonly WaitingEvent[]) =>
    events.map(({ seq }) => store.outbox.delete(seq)).some(Boolean);
  return {
    takeTurn: async () => ({ next, remove, renew: async () => true, release: async () => undefined }),
    backlog: async () => ({
      depth: store.outbox.size,
      oldestCreatedAt: store.outbox.values().next().value?.createdAt,
    }),
  };
}
