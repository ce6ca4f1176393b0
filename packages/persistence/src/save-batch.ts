import type { Environment } from '@phone82/runtime';
import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping } from './record-mapping.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';
import { recordsWritten, writtenValues } from './write-records.ts';

/**
 * Writes records, their events and the marks of the messages that changed them, in one statement, which is a transaction
 * by itself: all of it, or nothing where another writer was first. For PostgreSQL.
 * @throws ConcurrencyError if a record has another version by now, or a message is marked already.
 */
export function saveBatch<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
  environment: Environment,
): (changes: Changes<A>, messageIds: ReadonlySet<string>) => Promise<void> {
  const text = `
    with marked as (
      insert into inbox (message_id, handled_at) select message_id, $4::bigint from unnest($3::text[]) as message_id
    ), ${recordsWritten(mapping, 'end')}
    select`;
  return async ({ records, events }, messageIds) => {
    // In one order everywhere: two consumers that hold the same messages for a moment then wait, and don't deadlock.
    const marks = [[...messageIds].sort(), environment.now()];
    const values = [...writtenValues(mapping, records, events), ...marks];
    try {
      await kysely.executeQuery(CompiledQuery.raw(text, values));
    } catch (error) {
      throw wasFirst(error, mapping)
        ? new ConcurrencyError(`${mapping.table}: another writer was first`)
        : error;
    }
  };
}

const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';

function wasFirst(error: unknown, { table }: Pick<RecordMapping<never>, 'table'>): boolean {
  const { code, table: of, column } = error as { code?: string; table?: string; column?: string };
  if (code === UNIQUE_VIOLATION) return of === 'inbox';
  return code === NOT_NULL_VIOLATION && of === table && column === 'version';
}
