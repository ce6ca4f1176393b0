import { type RawBuilder, sql } from 'kysely';
import { isDuplicateKey } from '../infrastructure-error.ts';
import { ConcurrencyError } from '../unit-of-work.ts';
import type { AnyKysely, Rows, SqlDialect } from './sql-dialect.ts';

type OnDuplicateKey = Pick<
  SqlDialect,
  'insertMissing' | 'insertOrUpdate' | 'saveVersions' | 'deleteSome' | 'takeLease'
>;

const MOST_ROUNDS = 5;

/** MariaDB's writes: a duplicate key is met without a condition, so the conditions are in the values. */
export const onDuplicateKey = (clock: RawBuilder<number>): OnDuplicateKey => ({
  insertMissing,
  insertOrUpdate: async (kysely, table, { key, rows, update }) => {
    const columns = update.length > 0 ? update : key;
    await kysely
      .insertInto(table)
      .values(rows)
      .onDuplicateKeyUpdate(
        Object.fromEntries(
          columns.map((column) => [column, update.length > 0 ? given(column) : sql.ref(column)]),
        ),
      )
      .execute();
  },
  saveVersions: async (kysely, table, rows) => {
    const fresh = rows.filter(({ version }) => version === 1);
    const known = rows.filter(({ version }) => version !== 1);
    return (await insertFresh(kysely, table, fresh)) && (await updateKnown(kysely, table, known));
  },
  deleteSome: (table, _key, { where, limit }) =>
    sql`delete from ${sql.table(table)} where ${where} limit ${sql.lit(limit)}`,
  takeLease: async (kysely, { name, owner, ttlMs }) => {
    // Assigned from left to right: who has the lease is decided by the old expiry, and the new one by who has it.
    const { rows } = await sql<{ owner: string; token: number }>`
      insert into leases (name, owner, token, expires_at)
      values (${name}, ${owner}, 1, ${clock} + ${sql.lit(ttlMs)})
      on duplicate key update
        token = if(owner = value(owner) or expires_at > ${clock}, token, token + 1),
        owner = if(expires_at > ${clock}, owner, value(owner)),
        expires_at = if(owner = value(owner), value(expires_at), expires_at)
      returning owner, token`.execute(kysely);
    return rows[0]?.owner === owner ? rows[0].token : undefined;
  },
});

/** The value that a row was to be inserted with. */
const given = (column: string) => sql`value(${sql.ref(column)})`;

/**
 * `insert ignore` would say which rows are new too, and would store a value that does not fit cut to size. So rows
 * are inserted as they are, and if one of them is there, those that are not.
 */
async function insertMissing(
  kysely: AnyKysely,
  table: string,
  key: string,
  rows: Rows,
): Promise<ReadonlySet<string>> {
  let missing = rows;
  for (let round = 1; missing.length > 0; round++) {
    try {
      await kysely.insertInto(table).values(missing).execute();
      break;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if (round === MOST_ROUNDS) throw new ConcurrencyError(`${table}: others insert the same keys`);
    }
    const keys = rows.map((row) => row[key]);
    const found = await kysely.selectFrom(table).select(key).where(key, 'in', keys).execute();
    const known = new Set(found.map((row) => row[key]));
    missing = rows.filter((row) => !known.has(row[key]));
  }
  return new Set(missing.map((row) => row[key] as string));
}

async function insertFresh(kysely: AnyKysely, table: string, rows: Rows): Promise<boolean> {
  if (rows.length === 0) return true;
  try {
    await kysely.insertInto(table).values(rows).execute();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Changes many rows in one statement. A row that changes counts as two, one that stays as it is, for it has
 * another version, as none or one: so two for each row says that each was changed.
 */
async function updateKnown(kysely: AnyKysely, table: string, rows: Rows): Promise<boolean> {
  if (rows.length === 0) return true;
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id' && column !== 'version');
  const isNext = sql`version = value(version) - 1`;
  // The version comes last: assignments see what those before them assigned.
  const guarded = [...columns, 'version'].map((column) => [
    column,
    sql`if(${isNext}, ${given(column)}, ${sql.ref(column)})`,
  ]);
  const { numInsertedOrUpdatedRows = 0n } = await kysely
    .insertInto(table)
    .values(rows)
    .onDuplicateKeyUpdate(Object.fromEntries(guarded))
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows) === 2 * rows.length;
}
