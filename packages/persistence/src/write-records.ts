import type { OutboxEntry } from './outbox.ts';
import type { RecordMapping } from './record-mapping.ts';
import { outboxRow } from './sql-outbox.ts';
import { rowsOf, selectedColumns } from './sql-records.ts';
import type { Changes } from './transaction-storage.ts';
import type { Aggregate } from './unit-of-work.ts';

/** Whether changes are records and events of theirs, which one statement of PostgreSQL can write. */
export function fitsStatement<A extends Aggregate>(
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

/** The values of {@link recordsWritten}: records and events as JSON. */
export const writtenValues = <A extends Aggregate>(
  mapping: RecordMapping<A>,
  records: readonly A[],
  events: readonly OutboxEntry[],
): [records: string, events: string] => [
  JSON.stringify(rowsOf(mapping, records)),
  JSON.stringify(events.map(outboxRow)),
];

/**
 * The parts `saved` and `told` of a statement that writes records, $1, and their events, $2. The same text for any number of
 * records, so that the server plans it once per connection. A record of which another writer stored a version meanwhile
 * is left out with its events, or ends the whole statement: it gets no version then, which its column does not take.
 * Events are numbered while the row of their order is locked. Rows are locked in the order of their ids, as everywhere.
 */
export function recordsWritten(
  { table, columns }: Pick<RecordMapping<never>, 'table' | 'columns'>,
  whereOthersWereFirst: 'leaveOut' | 'end',
): string {
  const all = selectedColumns({ columns });
  const isNext = 'held.version = excluded.version - 1';
  const updates = all
    .filter((column) => column !== 'id' && column !== 'version')
    .map((column) => `${column} = excluded.${column}`);
  const guarded =
    whereOthersWereFirst === 'end'
      ? `${[...updates, `version = case when ${isNext} then excluded.version end`]}`
      : `${[...updates, 'version = excluded.version']} where ${isNext}`;
  return `
    saved as (
      insert into ${table} as held (${all})
      select ${all} from json_populate_recordset(null::${table}, $1::json) order by id
      on conflict (id) do update set ${guarded}
      returning id
    ), told as (
      insert into outbox (message_id, order_id, event_type, payload, headers, created_at)
      select message_id, order_id, event_type, payload, headers, created_at
      from saved join rows from (json_to_recordset($2::json) as (
        message_id text, order_id bigint, event_type text, payload text, headers text, created_at bigint
      )) with ordinality as event (message_id, order_id, event_type, payload, headers, created_at, place)
        on order_id = saved.id
      order by place
    )`;
}
