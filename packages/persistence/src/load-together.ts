import { batched } from '@phone82/runtime';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { ownerColumns } from './owned-records.ts';
import type { OwnedBy } from './queries.ts';
import type { RecordMapping, Row } from './record-mapping.ts';
import { attachEntries, selectedColumns } from './sql-records.ts';
import type { Aggregate } from './unit-of-work.ts';

/** Shorter than that of writes: a read costs little, and a hundred who each wait for theirs would get no more than a hundred in each rest. */
const READ_REST_MS = 8;

/** Reads records without a lock; single ones together with what others read at the same moment. For PostgreSQL. */
export function loadTogether<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
): { load(ids: readonly number[], ownedBy?: OwnedBy): Promise<readonly A[]> } {
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
  const loadOwned = batched(loadEachOwned(kysely, mapping), { restMs: READ_REST_MS });
  return {
    load: async (ids, ownedBy) => {
      if (ownedBy) {
        const owned = await Promise.all(ids.map((id) => loadOwned({ id, ownedBy })));
        return owned.filter((record) => record !== undefined);
      }
      const [id] = ids;
      if (ids.length !== 1 || id === undefined) return loadMany(ids);
      const record = await loadOne(id);
      return record ? [record] : [];
    },
  };
}

/** Each record for the one who asked for it: what somebody else asks for at the same moment is not shown to them. */
function loadEachOwned<A extends Aggregate>(kysely: Database['kysely'], mapping: RecordMapping<A>) {
  const columns = Object.values(mapping.owners ?? {});
  const selected = sql.join(selectedColumns(mapping).map((name) => sql.ref(`record.${name}`)));
  const names = sql.join([
    sql.ref('id'),
    ...columns.map((_, index) => sql.ref(`owner${index}`)),
    sql.ref('place'),
  ]);
  const isOwned = sql.join(
    [
      sql`false`,
      ...columns.map((name, index) => sql`${sql.ref(`record.${name}`)} = ${sql.ref(`wanted.owner${index}`)}`),
    ],
    sql` or `,
  );
  return async (wanted: readonly { readonly id: number; readonly ownedBy: OwnedBy }[]) => {
    const owners = wanted.map(({ ownedBy }) => new Map(ownerColumns(mapping, ownedBy)));
    const lists = sql.join([
      sql`${wanted.map(({ id }) => id)}::bigint[]`,
      ...columns.map((name) => sql`${owners.map((values) => values.get(name) ?? null)}::text[]`),
    ]);
    const { rows } = await sql<Row>`
      select wanted.place, ${selected}
      from unnest(${lists}) with ordinality as wanted(${names})
      join ${sql.table(mapping.table)} as record on record.id = wanted.id and (${isOwned})`.execute(kysely);
    const records = await attachEntries(kysely, mapping, rows);
    const byPlace = new Map(rows.map((row, index) => [Number(row.place), records[index]]));
    return wanted.map((_, index) => byPlace.get(index + 1));
  };
}
