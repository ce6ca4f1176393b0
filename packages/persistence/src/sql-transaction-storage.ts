import type { Environment } from '@phone82/runtime';
import type { Database, Dialect } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import type { SqlDialect } from './dialects/sql-dialect.ts';
import type { RecordMapping } from './record-mapping.ts';
import * as letters from './sql-dead-letters.ts';
import { insertEvents } from './sql-outbox.ts';
import { loadRecords, saveRecords } from './sql-records.ts';
import { admitInSteps, type TransactionStorage } from './transaction-storage.ts';
import type { Aggregate } from './unit-of-work.ts';

export interface SqlTransactionOptions<A extends Aggregate> {
  /** A transaction that has begun. */
  readonly kysely: Database['kysely'];
  readonly dialect: Dialect;
  readonly mapping: RecordMapping<A>;
  readonly environment: Environment;
}

/** A transaction's reads and writes in SQL. */
export function sqlTransactionStorage<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
): TransactionStorage<A> {
  const { kysely, mapping, environment } = options;
  const differences = sqlDialect(options.dialect);
  const storage: TransactionStorage<A> = {
    admit: (arrivals) =>
      admitInSteps(
        storage,
        (orderIds) => letters.ordersWithDeadLetters(kysely, differences, orderIds),
        arrivals,
      ),
    load: (ids, ownedBy) => loadRecords(kysely, mapping, { ids, ownedBy }, differences.lock?.update),
    claim: (messageIds) => claim(kysely, differences, messageIds, environment.now()),
    deadLettersWith: (letter) => letters.lockDeadLetters(kysely, differences, letter),
    save: async ({ records, events, addedLetters, removedLetters }) => {
      await saveRecords(kysely, differences, mapping, records);
      await insertEvents(kysely, events);
      await letters.removeDeadLetters(kysely, removedLetters);
      await letters.insertDeadLetters(kysely, differences, addedLetters, environment.now());
    },
  };
  return storage;
}

function claim(
  kysely: Database['kysely'],
  differences: SqlDialect,
  messageIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  // In one order everywhere: two consumers that hold the same messages for a moment then wait, and don't deadlock.
  const rows = [...messageIds].sort().map((message_id) => ({ message_id, handled_at: now }));
  return differences.insertMissing(kysely, 'inbox', 'message_id', rows);
}
