import type { Database } from './database.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, selectedColumns } from './sql-records.ts';

/** Finds records that something is to be done about at a time of their own. */
export interface DueReader<A> {
  /** Records due at or before this time (milliseconds since 1970), the longest waiting first. */
  dueBefore(epochMs: number, limit: number): Promise<readonly A[]>;
}

/** Reads by a column that holds the time at which a record is due, null when it is not; index it where not null. */
export function createDueReader<A>(
  { kysely }: Database,
  mapping: RecordMapping<A>,
  column: string,
): DueReader<A> {
  return {
    dueBefore: async (epochMs, limit) => {
      const rows = await kysely
        .selectFrom(mapping.table)
        .select(selectedColumns(mapping))
        .where(column, '<=', epochMs)
        .orderBy(column)
        .limit(limit)
        .execute();
      return attachEntries(kysely, mapping, rows as Row[]);
    },
  };
}
