import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, selectedColumns } from './sql-records.ts';
import type { Arrivals } from './transaction-storage.ts';
import type { Admitted, Aggregate } from './unit-of-work.ts';

interface Survey {
  readonly known: readonly string[] | null;
  readonly blocked: readonly number[] | null;
  readonly records: readonly Row[] | null;
}

/** Looks up, in one statement and without a lock, what there is to know about messages before they are handled. For PostgreSQL. */
export function surveyMessages<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
): (arrivals: Arrivals) => Promise<Admitted & { readonly records: readonly A[] }> {
  const text = `
    select
      (select json_agg(message_id) from inbox where message_id = any($1::text[])) as known,
      (select json_agg(distinct order_id) from dead_letters where order_id = any($2::bigint[])) as blocked,
      (select json_agg(record) from (
        select ${selectedColumns(mapping)} from ${mapping.table} where id = any($2::bigint[])
      ) as record) as records`;
  return async ({ messageIds, orderIds }) => {
    const { rows } = await kysely.executeQuery<Survey>(CompiledQuery.raw(text, [messageIds, orderIds]));
    const [{ known, blocked, records } = { known: null, blocked: null, records: null }] = rows;
    const handled = new Set(known);
    return {
      fresh: new Set(messageIds.filter((id) => !handled.has(id))),
      blocked: new Set(blocked),
      records: await attachEntries(kysely, mapping, records ?? []),
    };
  };
}
