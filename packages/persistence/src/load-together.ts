import { batched } from '@phone82/runtime';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, selectedColumns } from './sql-records.ts';
import type { Aggregate } from './unit-of-work.ts';

/** Reads a record without a lock, together with what others read at the same moment. For PostgreSQL. */
export function loadTogether<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
): (id: number) => Promise<A | undefined> {
  return batched(async (ids) => {
    const rows = (await kysely
      .selectFrom(mapping.table)
      .select(selectedColumns(mapping))
      .where('id', '=', sql<number>`any(${[...new Set(ids)]}::bigint[])`)
      .execute()) as Row[];
    const records = await attachEntries(kysely, mapping, rows);
    const byId = new Map(records.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id));
  });
}
