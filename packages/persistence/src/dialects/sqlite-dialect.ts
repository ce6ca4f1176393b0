import { CompiledQuery, sql } from 'kysely';
import { beginImmediate } from '../begin-immediate.ts';
import { onConflict } from './on-conflict.ts';
import type { SqlDialect } from './sql-dialect.ts';

const clock = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;

export const sqliteDialect: SqlDialect = {
  clock,
  writesTogether: false,
  ...onConflict(clock),
  // The migrator has no lock of its own here: the file's write lock stands in.
  withMigrationTurn: (kysely, work) =>
    kysely.connection().execute(async (connection) => {
      await beginImmediate((statement) => connection.executeQuery(CompiledQuery.raw(statement)));
      try {
        await work(connection);
        await sql`commit`.execute(connection);
      } catch (error) {
        await sql`rollback`.execute(connection);
        throw error;
      }
    }),
  forMigration: (kysely) => kysely,
  // Without autoincrement SQLite would reuse the numbers of deleted rows.
  addSequence: (table) => table.addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement()),
};
