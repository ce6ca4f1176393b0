import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping } from './record-mapping.ts';
import { outboxRow } from './sql-outbox.ts';
import { upsertRecords } from './sql-records.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';

/** Whether changes are of the kind that {@link saveAtOnce} takes: one record and its events. */
export function fitsAtOnce<A extends Aggregate>(
  { records, addedLetters, removedLetters }: Changes<A>,
  mapping: RecordMapping<A>,
): boolean {
  return records.length === 1 && addedLetters.length + removedLetters.length === 0 && !mapping.entries;
}

/**
 * Writes a record and its events in one statement, which is a transaction by itself. The events hang on the
 * row that was saved: they are numbered while it is locked, and stay away where another writer was first.
 * For PostgreSQL.
 * @throws ConcurrencyError if the record has another version by now.
 */
export async function saveAtOnce<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
  { records, events }: Changes<A>,
): Promise<void> {
  const upsert = upsertRecords(kysely, mapping, records).returning('id');
  const rows = JSON.stringify(events.map(outboxRow));
  const { rows: saved } = await (events.length === 0
    ? sql`${upsert}`
    : sql`
        with saved as (${upsert}), told as (
          insert into outbox (message_id, order_id, event_type, payload, headers, created_at)
          select message_id, order_id, event_type, payload, headers, created_at
          from saved, rows from (json_to_recordset(${rows}) as (
            message_id text, order_id bigint, event_type text, payload text, headers text, created_at bigint
          )) with ordinality as event (message_id, order_id, event_type, payload, headers, created_at, place)
          order by place
        )
        select id from saved`
  ).execute(kysely);
  if (saved.length === 0)
    throw new ConcurrencyError(`${mapping.table}: another writer changed ${records[0]?.id}`);
}
