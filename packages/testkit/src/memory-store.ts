import {
  type Aggregate,
  admitInSteps,
  type Changes,
  ConcurrencyError,
  type DeadLetter,
  type OutboxEntry,
  type OwnedBy,
  type TransactionStorage,
} from '@phone82/persistence';

/** What a service's database holds, in memory. A restart that keeps the disk is a new unit of work on the same store. */
export interface MemoryStore<A extends Aggregate> {
  readonly records: Map<number, A>;
  readonly outbox: Map<number, OutboxEntry>;
  readonly inbox: Set<string>;
  readonly deadLetters: Map<string, DeadLetter>;
  lastSeq: number;
}

export function createMemoryStore<A extends Aggregate>(): MemoryStore<A> {
  return { records: new Map(), outbox: new Map(), inbox: new Set(), deadLetters: new Map(), lastSeq: 0 };
}

/** Whether a record names somebody as every service's records do: a customer by `customerId`, an agency by `agency`; a tally by its label. */
function belongsTo(
  record: Aggregate & { customerId?: string; label?: string; agency?: string },
  ownedBy: OwnedBy,
): boolean {
  const { customer, agency } = ownedBy;
  return (
    (customer !== undefined && (record.customerId ?? record.label) === customer) ||
    (agency !== undefined && record.agency === agency)
  );
}

/** One transaction. It sees what is committed, keeps what it claims to itself, and checks versions and claims when it saves. */
export function memoryTransactionStorage<A extends Aggregate>(
  store: MemoryStore<A>,
): TransactionStorage<A> & { commit(): void } {
  const claimed = new Set<string>();
  let changes: Changes<A> | undefined;
  const blockedOf = async (orderIds: readonly number[]) => {
    const blocked = new Set([...store.deadLetters.values()].map(({ orderId }) => orderId));
    return new Set(orderIds.filter((id) => blocked.has(id)));
  };
  const storage: ReturnType<typeof memoryTransactionStorage<A>> = {
    admit: (arrivals) => admitInSteps(storage, blockedOf, arrivals),
    load: async (ids, ownedBy) =>
      ids
        .flatMap((id) => store.records.get(id) ?? [])
        .filter((record) => !ownedBy || belongsTo(record, ownedBy)),
    claim: async (messageIds) => {
      refuseIds(messageIds);
      const fresh = messageIds.filter((id) => !store.inbox.has(id) && !claimed.has(id));
      for (const id of fresh) claimed.add(id);
      return new Set(fresh);
    },
    deadLettersWith: async ({ messageId, orderId }) =>
      [...store.deadLetters.values()].filter((letter) =>
        orderId === null ? letter.messageId === messageId : letter.orderId === orderId,
      ),
    save: async (saved) => {
      changes = saved;
    },
    commit: () => {
      check(store, claimed, changes);
      for (const id of claimed) store.inbox.add(id);
      if (changes) apply(store, changes);
    },
  };
  return storage;
}

const LONGEST_ID = 255;

/** As PostgreSQL does: with an error that no other try mends. */
function refuseIds(messageIds: readonly string[]): void {
  if (messageIds.some((id) => id.includes('\0') || id.length > LONGEST_ID))
    throw Object.assign(new Error('invalid byte sequence for encoding'), {
      code: '22021',
      severity: 'ERROR',
    });
}

function check<A extends Aggregate>(
  store: MemoryStore<A>,
  claimed: ReadonlySet<string>,
  changes: Changes<A> | undefined,
) {
  const stale = changes?.records.find(({ id, version }) => (store.records.get(id)?.version ?? 0) !== version);
  if (stale) throw new ConcurrencyError(`another writer changed ${stale.id}`);
  for (const id of claimed)
    if (store.inbox.has(id)) throw new ConcurrencyError(`another consumer handled ${id}`);
}

function apply<A extends Aggregate>(store: MemoryStore<A>, changes: Changes<A>) {
  for (const record of changes.records)
    store.records.set(record.id, { ...record, version: record.version + 1 });
  for (const event of changes.events) store.outbox.set(++store.lastSeq, event);
  for (const id of changes.removedLetters) store.deadLetters.delete(id);
  for (const letter of changes.addedLetters) store.deadLetters.set(letter.messageId, letter);
}
