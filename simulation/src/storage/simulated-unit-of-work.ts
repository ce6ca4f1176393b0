import {
  type Aggregate,
  BufferedTransaction,
  type Changes,
  ConcurrencyError,
  type DeadLetter,
  type Known,
  retryConflicts,
  stampEvents,
  type Transaction,
  type TransactionStorage,
  type UnitOfWork,
} from '@phone82/persistence';
import { memoryTransactionStorage } from '@phone82/testkit';
import { type Connection, commitFaults } from './connection.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

type Work<A extends Aggregate> = (transaction: Transaction<A>) => Promise<unknown>;

/** Transactions as the SQL ones: what they read is checked when they commit, and each of their steps can fail. */
export function simulatedUnitOfWork<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  source: string,
  connection: Connection,
): UnitOfWork<A> {
  const stamp = stampEvents(source, connection.environment);
  const listeners: (() => void)[] = [];
  const inTurn = database.server.isEmbedded ? oneAtATime() : <T>(work: () => Promise<T>) => work();

  const runOnce = async (work: Work<A>, known: Known<A> | undefined) => {
    const { storage, commit } = openTransaction(database, connection);
    const transaction = new BufferedTransaction(storage, stamp, known);
    const result = await work(transaction);
    const published = await transaction.flush();
    await commit();
    return { result, published };
  };

  return {
    run: async <T>(work: (transaction: Transaction<A>) => Promise<T>, known?: Known<A>) => {
      const outcome = await retryConflicts(connection.environment, known, (attempt) =>
        inTurn(() => runOnce(work, attempt.known)),
      );
      if (outcome.published) for (const listener of listeners) listener();
      return outcome.result as T;
    },
    onPublished: (listener) => void listeners.push(listener),
  };
}

/** SQLite's transactions begin with the write lock: each waits for the one before it. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

function openTransaction<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  connection: Connection,
): { readonly storage: TransactionStorage<A>; commit(): Promise<void> } {
  const { calls, process } = connection;
  const { server, store } = database;
  const inner = memoryTransactionStorage(store);
  const letters = watchLetters(store.deadLetters);
  let changes: Changes<A> | undefined;
  const claimed: string[] = [];
  const read = <T>(what: string, effect: () => Promise<T>) =>
    calls.to(server, process, `${server.name}: ${what}`, effect);
  const apply = () => {
    letters.check();
    if (changes) noteOvertaking(database, changes, claimed.length > 0);
    inner.commit();
    if (changes) keepHistory(database, changes, claimed);
  };
  return {
    storage: {
      ...readsOf(inner, letters, read),
      admit: (arrivals) => {
        claimed.push(...arrivals.messageIds);
        return read('admit', async () => {
          letters.remember(arrivals.orderIds);
          return inner.admit(arrivals);
        });
      },
      claim: (messageIds) => {
        claimed.push(...messageIds);
        return read('claim', () => inner.claim(messageIds));
      },
      save: async (saved) => {
        changes = saved;
        if (claimed.length > 0) refuseValues(database, saved, connection);
        await inner.save(saved);
      },
    },
    commit: async () => {
      if (changes || claimed.length > 0)
        await calls.to(server, process, `${server.name}: commit`, apply, commitFaults);
    },
  };
}

/** The reads that change nothing, each a call to the database. */
function readsOf<A extends Aggregate>(
  inner: TransactionStorage<A>,
  letters: ReturnType<typeof watchLetters>,
  read: <T>(what: string, effect: () => Promise<T>) => Promise<T>,
): Pick<TransactionStorage<A>, 'load' | 'deadLettersWith'> {
  return {
    load: (ids, ownedBy) => read('read', () => inner.load(ids, ownedBy)),
    deadLettersWith: (letter) =>
      read('dead letters', async () => {
        if (letter.orderId !== null) letters.remember([letter.orderId]);
        return inner.deadLettersWith(letter);
      }),
  };
}

/** What messages make of an order is refused for a while, as PostgreSQL refuses a number that is too large for its column. */
function refuseValues<A extends Aggregate>(
  { refusal }: SimulatedDatabase<A>,
  { records }: Changes<A>,
  { faults, serverNow }: Connection,
): void {
  const [first] = records;
  if (first && faults.strikes('value refused by the database'))
    Object.assign(refusal, { orderId: first.id, until: serverNow() + faults.duration(1, 4_000) });
  if (serverNow() < refusal.until && records.some(({ id }) => id === refusal.orderId))
    throw Object.assign(new Error('value out of range'), { code: '22003', severity: 'ERROR' });
}

/** Notices that another transaction changed the dead letters which this one has seen. */
function watchLetters(deadLetters: ReadonlyMap<string, DeadLetter>) {
  const seen = new Map<number, string>();
  return {
    remember: (orderIds: readonly number[]) => {
      for (const id of orderIds) if (!seen.has(id)) seen.set(id, lettersOf(deadLetters, id));
    },
    check: () => {
      for (const [id, before] of seen)
        if (lettersOf(deadLetters, id) !== before)
          throw new ConcurrencyError(`the dead letters of ${id} changed`);
    },
  };
}

const lettersOf = (letters: ReadonlyMap<string, DeadLetter>, orderId: number) =>
  [...letters.values()]
    .filter((letter) => letter.orderId === orderId)
    .map(({ messageId }) => messageId)
    .join();

/** New messages wait behind every dead letter of their order, and letters are worked off in their order. */
function noteOvertaking<A extends Aggregate>(
  { store, overtaken }: SimulatedDatabase<A>,
  { records, removedLetters }: Changes<A>,
  isOfMessages: boolean,
): void {
  const letters = [...store.deadLetters.values()];
  const isFirst = (messageId: string) => {
    const { orderId } = store.deadLetters.get(messageId) ?? {};
    return letters.find((letter) => letter.orderId === orderId)?.messageId === messageId;
  };
  const changed = records.map(({ id }) => id);
  const isPassed = isOfMessages
    ? (id: number) => letters.some(({ orderId }) => orderId === id)
    : () => removedLetters.some((messageId) => !isFirst(messageId));
  overtaken.push(...changed.filter(isPassed));
}

function keepHistory<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  { records, events }: Changes<A>,
  messages: readonly string[],
): void {
  for (const { id, version } of records) {
    const state = database.store.records.get(id) as A;
    database.versions.push({ id, version: version + 1, state, messages });
  }
  for (const { messageId, record } of events) database.committed.set(messageId, record);
}
