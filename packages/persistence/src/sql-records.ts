import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { EntriesMapping, RecordMapping, Row } from './record-mapping.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';

type Kysely = Database['kysely'];

const ROWS_PER_STATEMENT = 500;

/** Reads records by id, in the order of their ids; `lock` keeps other writers off them until the transaction ends. */
export async function loadRecords<A extends Aggregate>(
  kysely: Kysely,
  mapping: RecordMapping<A>,
  ids: readonly number[],
  lock: boolean,
): Promise<readonly A[]> {
  const query = kysely
    .selectFrom(mapping.table)
    .select(selectedColumns(mapping))
    .where('id', 'in', [...ids])
    .orderBy('id');
  return attachEntries(kysely, mapping, (await (lock ? query.forUpdate() : query).execute()) as Row[]);
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
  mapping: RecordMapping<A>,
  records: readonly A[],
): Promise<void> {
  for (const slice of slices(records)) {
    const { numInsertedOrUpdatedRows = 0n } = await upsertRecords(kysely, mapping, slice).executeTakeFirst();
    if (Number(numInsertedOrUpdatedRows) !== slice.length) {
      const ids = slice.map(({ id }) => id).join(', ');
      throw new ConcurrencyError(`${mapping.table}: another writer changed one of ${ids}`);
    }
    if (mapping.entries) await appendEntries(kysely, mapping.entries, slice);
  }
}

/** The statement that stores records: it touches only those whose version is the one they were read with. */
function upsertRecords<A extends Aggregate>(
  kysely: Kysely,
  mapping: RecordMapping<A>,
  records: readonly A[],
) {
  const rows = records.map((record) => ({
    ...mapping.toRow(record),
    id: record.id,
    version: record.version + 1,
  }));
  const updated = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id');
  return kysely
    .insertInto(mapping.table)
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(Object.fromEntries(updated.map((column) => [column, sql.ref(`excluded.${column}`)])))
        .where(sql`${sql.ref(`${mapping.table}.version`)}`, '=', sql`excluded.version - 1`),
    );
}

async function appendEntries<A extends Aggregate>(
  kysely: Kysely,
  entries: EntriesMapping<A>,
  records: readonly A[],
) {
  const rows = records.flatMap((record) =>
    entries.toRows(record).map((row, index) => ({ ...row, order_id: record.id, seq: index + 1 })),
  );
  if (rows.length === 0) return;
  await kysely
    .insertInto(entries.table)
    .values(rows)
    .onConflict((conflict) => conflict.columns(['order_id', 'seq']).doNothing())
    .execute();
}

/** Cut so that a statement stays below the databases' limits on parameters. */
export function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += ROWS_PER_STATEMENT) {
    yield items.slice(from, from + ROWS_PER_STATEMENT);
  }
}
