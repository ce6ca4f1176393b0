import type { ControlledTransaction } from 'kysely';
import { fitsAtOnce, saveAtOnce } from './save-at-once.ts';
import { loadRecords } from './sql-records.ts';
import { type SqlTransactionOptions, sqlTransactionStorage } from './sql-transaction-storage.ts';
import type { TransactionStorage } from './transaction-storage.ts';
import type { Aggregate } from './unit-of-work.ts';

export interface LazyTransaction<A> {
  readonly storage: TransactionStorage<A>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * A transaction on PostgreSQL that begins no sooner than it is needed. Work on one record needs none: it
 * is read without a lock and written with its events in one statement, which its version guards. That is
 * two round trips where a transaction takes five. With `locking` it begins with the first read.
 */
export function lazyTransaction<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
  { locking }: { readonly locking: boolean },
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
      load: async (ids) =>
        begun || locking || ids.length > 1
          ? (await begin()).load(ids)
          : loadRecords(kysely, mapping, ids, false),
      claim: async (messageIds) => (await begin()).claim(messageIds),
      ordersWithDeadLetters: async (orderIds) => (await begin()).ordersWithDeadLetters(orderIds),
      deadLettersWith: async (letter) => (await begin()).deadLettersWith(letter),
      save: async (changes) =>
        begun || !fitsAtOnce(changes, mapping)
          ? (await begin()).save(changes)
          : saveAtOnce(kysely, mapping, changes),
    },
    commit: async () => void (await (await begun)?.commit().execute()),
    rollback: async () => void (await (await begun)?.rollback().execute()),
  };
}
