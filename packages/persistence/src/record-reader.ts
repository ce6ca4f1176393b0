import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import { loadTogether } from './load-together.ts';
import { ownedRow, ownerColumns } from './owned-records.ts';
import type { OwnedBy, PageRequest, RecordReader } from './queries.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, loadRecords, selectedColumns } from './sql-records.ts';
import type { Aggregate } from './unit-of-work.ts';

export type Filter = Readonly<Record<string, string | number>>;

/** Reads a service's records outside of transactions. */
export function createRecordReader<A extends Aggregate>(
  database: Database,
  mapping: RecordMapping<A>,
): RecordReader<A> {
  const { kysely } = database;
  const load = sqlDialect(database.dialect).writesTogether
    ? loadTogether(kysely, mapping).load
    : (ids: readonly number[], ownedBy?: OwnedBy) => loadRecords(kysely, mapping, { ids, ownedBy });
  const listed = (filter: Filter, ownedBy: OwnedBy | undefined) => {
    let query = kysely.selectFrom(mapping.table);
    if (ownedBy) query = query.where(ownedRow(ownerColumns(mapping, ownedBy)));
    for (const [column, value] of conditions(mapping, filter)) query = query.where(column, '=', value);
    const { unlisted } = mapping;
    return unlisted ? query.where(unlisted.column, 'not in', [...unlisted.values]) : query;
  };
  return {
    find: async (id, ownedBy) => (await load([id], ownedBy))[0],
    list: async (request, filter = {}, ownedBy) => {
      const { page, size, sort } = request;
      const rows = await listed(filter, ownedBy)
        .select(selectedColumns(mapping))
        .orderBy(sortColumn(mapping, request), sort.direction)
        .orderBy('id', sort.direction)
        .limit(size)
        .offset(page * size)
        .execute();
      const { total } = await listed(filter, ownedBy)
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: await attachEntries(kysely, mapping, rows as Row[]), totalElements: Number(total) };
    },
  };
}

/** @throws RangeError if the mapping does not allow to sort by the field. */
export function sortColumn(mapping: Pick<RecordMapping<never>, 'sortable'>, { sort }: PageRequest): string {
  return columnOf(mapping.sortable, sort.field, 'sorted');
}

/** @throws RangeError if the mapping does not allow to filter by a field. */
export function conditions(
  mapping: Pick<RecordMapping<never>, 'filters'>,
  filter: Filter,
): [column: string, value: string | number][] {
  return Object.entries(filter).map(([field, value]) => [
    columnOf(mapping.filters ?? {}, field, 'filtered'),
    value,
  ]);
}

function columnOf(columns: Readonly<Record<string, string>>, field: string, verb: string): string {
  const column = Object.hasOwn(columns, field) ? columns[field] : undefined;
  if (column === undefined) throw new RangeError(`a list cannot be ${verb} by "${field}"`);
  return column;
}
