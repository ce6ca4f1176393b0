import { batched } from '@phone82/runtime';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, selectedColumns } from './sql-records.ts';
import type { Aggregate } from './unit-of-work.ts';

/** Shorter than that of writes: a read costs little, and a hundred who each wait for theirs would get no more than a hundred in each rest. */
const READ_REST_MS = 8;

/** Reads records without a lock; single ones together with what others read at the same moment. For PostgreSQL. */
export function loadTogether<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
): { load(ids: readonly number[]): Promise<readonly A[]> } {
  const loadMany = async (ids: readonly number[]) => {
    const rows = (await kysely
      .selectFrom(mapping.table)
      .select(selectedColumns(mapping))
      .where('id', '=', sql<number>`any(${[...new Set(ids)]}::bigint[])`)
      .execute()) as Row[];
    return attachEntries(kysely, mapping, rows);
  };
  const loadOne = batched(
    async (ids: readonly number[]) => {
      const byId = new Map((await loadMany(ids)).map((record) => [record.id, record]));
      return ids.map((id) => byId.get(id));
    },
    { restMs: READ_REST_MS },
  );
  return {
    load: async (ids) => {
      const [id] = ids;
      if (ids.length !== 1 || id === undefined) return loadMany(ids);
      const record = await loadOne(id);
      return record ? [record] : [];
    },
  };
}
