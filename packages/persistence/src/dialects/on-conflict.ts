import { type RawBuilder, sql } from 'kysely';
import type { SqlDialect } from './sql-dialect.ts';

type OnConflict = Pick<
  SqlDialect,
  'insertMissing' | 'insertOrUpdate' | 'saveVersions' | 'deleteSome' | 'takeLease'
>;

/** The writes of databases that know `on conflict`: PostgreSQL and SQLite. */
export const onConflict = (clock: RawBuilder<number>): OnConflict => ({
  insertMissing: async (kysely, table, key, rows) => {
    const inserted = await kysely
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => conflict.column(key).doNothing())
      .returning(key)
      .execute();
    return new Set(inserted.map((row) => row[key] as string));
  },
  insertOrUpdate: async (kysely, table, { key, rows, update }) => {
    await kysely
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => {
        const target = conflict.columns([...key]);
        return update.length === 0 ? target.doNothing() : target.doUpdateSet(excluded(update));
      })
      .execute();
  },
  saveVersions: async (kysely, table, rows) => {
    const updated = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id');
    const { numInsertedOrUpdatedRows = 0n } = await kysely
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(excluded(updated))
          .where(sql`${sql.ref(`${table}.version`)}`, '=', sql`excluded.version - 1`),
      )
      .executeTakeFirst();
    return Number(numInsertedOrUpdatedRows) === rows.length;
  },
  deleteSome: (table, key, { where, limit }) => sql`
    delete from ${sql.table(table)} where ${sql.ref(key)} in
      (select ${sql.ref(key)} from ${sql.table(table)} where ${where} limit ${sql.lit(limit)})`,
  takeLease: async (kysely, { name, owner, ttlMs }) => {
    const { rows } = await sql<{ token: number }>`
      insert into leases (name, owner, token, expires_at)
      values (${name}, ${owner}, 1, ${clock} + ${sql.lit(ttlMs)})
      on conflict (name) do update set
        owner = excluded.owner,
        token = case when leases.owner = excluded.owner then leases.token else leases.token + 1 end,
        expires_at = excluded.expires_at
      where leases.owner = excluded.owner or leases.expires_at <= ${clock}
      returning token`.execute(kysely);
    return rows[0]?.token;
  },
});

const excluded = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]));
