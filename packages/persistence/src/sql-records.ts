import type { RawBuilder } from 'kysely';
import type { Database } from './database.ts';
import type { SqlDialect } from './dialects/sql-dialect.ts';
import { ownedRow, ownerColumns } from './owned-records.ts';
import type { OwnedBy } from './queries.ts';
import type { EntriesMapping, RecordMapping, Row } from './record-mapping.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';

type Kysely = Database['kysely'];

const ROWS_PER_STATEMENT = 500;

/** Which records are to be read: those with one of the ids, where `ownedBy` is given only those that belong to someone. */
export interface Wanted {
  readonly ids: readonly number[];
  readonly ownedBy?: OwnedBy | undefined;
}

/** Reads records by id, in the order of their ids; a lock keeps other writers off them until the transaction ends. */
export async function loadRecords<A extends Aggregate>(
  kysely: Kysely,
  mapping: RecordMapping<A>,
  { ids, ownedBy }: Wanted,
  lock?: RawBuilder<unknown>,
): Promise<readonly A[]> {
  const byId = kysely
    .selectFrom(mapping.table)
    .select(selectedColumns(mapping))
    .where('id', 'in', [...ids])
    .orderBy('id');
  const query = ownedBy ? byId.where(ownedRow(ownerColumns(mapping, ownedBy))) : byId;
  return attachEntries(kysely, mapping, (await (lock ? query.modifyEnd(lock) : query).execute()) as Row[]);
}

export function selectedColumns(mapping: Pick<RecordMapping<never>, 'columns'>): string[] {
  return [...new Set(['id', 'version', ...mapping.columns])];
}

/** Turns rows into aggregates; what entries they have is read in one more query. */
export async function attachEntries<A>(
  kysely: Kysely,
  mapping: RecordMapping<A>,
  rows: readonly Row[],
): Promise<readonly A[]> {
  const { entries } = mapping;
  if (!entries || rows.length === 0) return rows.map((row) => mapping.fromRow(row, []));
  const found = (await kysely
    .selectFrom(entries.table)
    .select([...new Set(['order_id', 'seq', ...entries.columns])])
    .where(
      'order_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('order_id')
    .orderBy('seq')
    .execute()) as Row[];
  const byOrder = Map.groupBy(found, ({ order_id }) => order_id);
  return rows.map((row) => mapping.fromRow(row, byOrder.get(row.id) ?? []));
}

/** @throws ConcurrencyError if a record's version is not the one it was read with. */
export async function saveRecords<A extends Aggregate>(
  kysely: Kysely,
  differences: SqlDialect,
  mapping: RecordMapping<A>,
  records: readonly A[],
): Promise<void> {
  for (const slice of slices(records)) {
    if (!(await differences.saveVersions(kysely, mapping.table, rowsOf(mapping, slice)))) {
      const ids = slice.map(({ id }) => id).join(', ');
      throw new ConcurrencyError(`${mapping.table}: another writer changed one of ${ids}`);
    }
    if (mapping.entries) await appendEntries(kysely, differences, mapping.entries, slice);
  }
}

/** The version that a record gets is one more than the one it was read with. */
export const rowsOf = <A extends Aggregate>(mapping: RecordMapping<A>, records: readonly A[]): Row[] =>
  records.map((record) => ({ ...mapping.toRow(record), id: record.id, version: record.version + 1 }));

async function appendEntries<A extends Aggregate>(
  kysely: Kysely,
  differences: SqlDialect,
  entries: EntriesMapping<A>,
  records: readonly A[],
) {
  const rows = records.flatMap((record) =>
    entries.toRows(record).map((row, index) => ({ ...row, order_id: record.id, seq: index + 1 })),
  );
  if (rows.length === 0) return;
  await differences.insertOrUpdate(kysely, entries.table, { key: ['order_id', 'seq'], rows, update: [] });
}

/** Cut so that a statement stays below the databases' limits on parameters. */
export function* slices<T>(items: readonly T[], most: number = ROWS_PER_STATEMENT): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += most) yield items.slice(from, from + most);
}
