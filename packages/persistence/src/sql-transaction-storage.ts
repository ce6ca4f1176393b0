import type { Environment } from '@phone82/runtime';
import type { Database, Dialect } from './database.ts';
import { platformTables } from './platform-tables.ts';
import type { RecordMapping } from './record-mapping.ts';
import * as letters from './sql-dead-letters.ts';
import { insertEvents } from './sql-outbox.ts';
import { loadRecords, saveRecords } from './sql-records.ts';
import type { TransactionStorage } from './transaction-storage.ts';
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
  const { kysely, dialect, mapping, environment } = options;
  return {
    load: (ids) => loadRecords(kysely, mapping, ids, dialect === 'postgres'),
    claim: (messageIds) => claim(kysely, messageIds, environment.now()),
    ordersWithDeadLetters: (orderIds) => letters.ordersWithDeadLetters(kysely, dialect, orderIds),
    deadLettersWith: (letter) => letters.lockDeadLetters(kysely, dialect, letter),
    save: async ({ records, events, addedLetters, removedLetters }) => {
      await saveRecords(kysely, mapping, records);
      await insertEvents(kysely, events);
      await letters.removeDeadLetters(kysely, removedLetters);
      await letters.insertDeadLetters(kysely, addedLetters, environment.now());
    },
  };
}

async function claim(
  kysely: Database['kysely'],
  messageIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  // In one order everywhere: two consumers that hold the same messages for a moment then wait, and don't deadlock.
  const rows = [...messageIds].sort().map((message_id) => ({ message_id, handled_at: now }));
  const fresh = await platformTables({ kysely })
    .insertInto('inbox')
    .values(rows)
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .returning('message_id')
    .execute();
  return new Set(fresh.map(({ message_id }) => message_id));
}
