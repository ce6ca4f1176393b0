import type { Environment } from '@phone82/runtime';
import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping } from './record-mapping.ts';
import { outboxRow } from './sql-outbox.ts';
import { selectedColumns } from './sql-records.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';

/** Whether changes are of the kind that {@link saveBatch} takes: records and events of theirs. */
export function fitsBatch<A extends Aggregate>(
  { records, events, addedLetters, removedLetters }: Changes<A>,
  mapping: RecordMapping<A>,
): boolean {
  const ids = new Set(records.map(({ id }) => id));
  return (
    addedLetters.length + removedLetters.length === 0 &&
    !mapping.entries &&
    events.every(({ orderId }) => ids.has(orderId))
  );
}

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
  const text = statement(mapping);
  return async ({ records, events }, messageIds) => {
    const values = [
      JSON.stringify(
        records.map((record) => ({
          ...mapping.toRow(record),
          id: record.id,
          version: record.version + 1,
        })),
      ),
      JSON.stringify(events.map(outboxRow)),
      // In one order everywhere: two consumers that hold the same messages for a moment then wait, and don't deadlock.
      [...messageIds].sort(),
      environment.now(),
    ];
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

/**
 * A record that has another version gets none, which its column does not take: that ends the statement. Events are numbered
 * while the row of their order is locked. Rows are locked in the order of their ids, as everywhere.
 */
function statement({ table, columns }: Pick<RecordMapping<never>, 'table' | 'columns'>): string {
  const all = selectedColumns({ columns });
  const updates = all
    .filter((column) => column !== 'id' && column !== 'version')
    .map((column) => `${column} = excluded.${column}`);
  return `
    with marked as (
      insert into inbox (message_id, handled_at) select message_id, $4::bigint from unnest($3::text[]) as message_id
    ), saved as (
      insert into ${table} as held (${all})
      select ${all} from json_populate_recordset(null::${table}, $1::json) order by id
      on conflict (id) do update set ${[...updates, 'version = case when held.version = excluded.version - 1 then excluded.version end']}
      returning id
    )
    insert into outbox (message_id, order_id, event_type, payload, headers, created_at)
    select message_id, order_id, event_type, payload, headers, created_at
    from saved join rows from (json_to_recordset($2::json) as (
      message_id text, order_id bigint, event_type text, payload text, headers text, created_at bigint
    )) with ordinality as event (message_id, order_id, event_type, payload, headers, created_at, place)
      on order_id = saved.id
    order by place`;
}
