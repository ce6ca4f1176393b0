import type { Environment } from '@phone82/runtime';
import { BufferedTransaction } from './buffered-transaction.ts';
import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import { lazyTransactions } from './lazy-transaction.ts';
import { notingEffect } from './noting-effect.ts';
import type { RecordMapping } from './record-mapping.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { sqlTransactionStorage } from './sql-transaction-storage.ts';
import { stampEvents } from './stamp-events.ts';
import type { TransactionStorage } from './transaction-storage.ts';
import type { Aggregate, Known, UnitOfWork } from './unit-of-work.ts';

export interface UnitOfWorkOptions<A extends Aggregate> {
  readonly database: Database;
  readonly mapping: RecordMapping<A>;
  /** The service's name: the source of its events. */
  readonly source: string;
  readonly environment: Environment;
}

/** Transactions of a service on its SQL database; see {@link UnitOfWork}. */
export function createUnitOfWork<A extends Aggregate>(options: UnitOfWorkOptions<A>): UnitOfWork<A> {
  const { database, mapping, source, environment } = options;
  const stamp = stampEvents(source, environment);
  const listeners: (() => void)[] = [];
  const lazily = sqlDialect(database.dialect).writesTogether
    ? lazyTransactions({ ...database, mapping, environment })
    : undefined;

  type Work = Parameters<UnitOfWork<A>['run']>[0];
  const runOn = async <T>(storage: TransactionStorage<A>, work: Work, known: Known<A> | undefined) => {
    const transaction = new BufferedTransaction(storage, stamp, known);
    const result = (await work(transaction)) as T;
    return { result, published: await transaction.flush() };
  };

  const runOnce = async <T>(work: Work, isFirst: boolean, known: Known<A> | undefined) => {
    const { kysely, dialect } = database;
    if (!lazily) {
      return kysely
        .transaction()
        .execute((begun) =>
          runOn<T>(sqlTransactionStorage({ kysely: begun, dialect, mapping, environment }), work, known),
        );
    }
    // Who lost against another writer locks what it reads the next time, so that it gets its turn.
    const { storage, commit, rollback } = lazily({ locking: !isFirst });
    try {
      const outcome = await runOn<T>(storage, work, known);
      await commit();
      return outcome;
    } catch (error) {
      await rollback().catch(() => undefined);
      throw error;
    }
  };

  return {
    run: async <T>(work: Work, known?: Known<A>) => {
      const { result, published } = await notingEffect(
        retryConflicts(environment, known, (attempt) => runOnce<T>(work, attempt.isFirst, attempt.known)),
      );
      if (published) for (const listener of listeners) listener();
      return result;
    },
    onPublished: (listener) => void listeners.push(listener),
  };
}
