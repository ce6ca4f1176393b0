import type { ControlledTransaction } from 'kysely';
import { loadTogether } from './load-together.ts';
import { fitsTogether, saveTogether } from './save-together.ts';
import { type SqlTransactionOptions, sqlTransactionStorage } from './sql-transaction-storage.ts';
import type { Changes, TransactionStorage } from './transaction-storage.ts';
import type { Aggregate } from './unit-of-work.ts';

export interface LazyTransaction<A> {
  readonly storage: TransactionStorage<A>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Transactions on PostgreSQL that begin no sooner than they are needed. Work on one record needs none: it
 * is read without a lock and written with its events in one statement, which its version guards. Both go
 * together with those of other work at that moment, so a crowd costs little more than one. With `locking` a
 * transaction begins with the first read.
 */
export function lazyTransactions<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
): (how: { readonly locking: boolean }) => LazyTransaction<A> {
  const { kysely, mapping } = options;
  const together = { load: loadTogether(kysely, mapping), save: saveTogether(kysely, mapping) };
  return ({ locking }) => lazyTransaction(options, together, locking);
}

interface Together<A> {
  load(id: number): Promise<A | undefined>;
  save(changes: Changes<A>): Promise<void>;
}

function lazyTransaction<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
  together: Together<A>,
  locking: boolean,
): LazyTransaction<A> {
  const { kysely, mapping } = options;
  // biome-ignore lint/suspicious/noExplicitAny: every service has tables of its own
  let begun: Promise<ControlledTransaction<any>> | undefined;
  const begin = async () => {
    begun ??= kysely.startTransaction().execute();
    return sqlTransactionStorage({ ...options, kysely: await begun });
  };
  return {
    storage: {
      load: async (ids) => {
        const [id] = ids;
        if (begun || locking || ids.length !== 1 || id === undefined) return (await begin()).load(ids);
        const record = await together.load(id);
        return record ? [record] : [];
      },
      claim: async (messageIds) => (await begin()).claim(messageIds),
      ordersWithDeadLetters: async (orderIds) => (await begin()).ordersWithDeadLetters(orderIds),
      deadLettersWith: async (letter) => (await begin()).deadLettersWith(letter),
      save: async (changes) =>
        begun || !fitsTogether(changes, mapping) ? (await begin()).save(changes) : together.save(changes),
    },
    commit: async () => void (await (await begun)?.commit().execute()),
    rollback: async () => void (await (await begun)?.rollback().execute()),
  };
}
