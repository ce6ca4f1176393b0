import { sql } from 'kysely';
import { onConflict } from './on-conflict.ts';
import type { SqlDialect } from './sql-dialect.ts';

const clock = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export const postgresDialect: SqlDialect = {
  clock,
  lock: { update: sql`for update`, share: sql`for share` },
  writesTogether: true,
  ...onConflict(clock),
  // The migrator's own lock makes others wait; a wait is not to end as a slow statement does.
  withMigrationTurn: (kysely, work) =>
    kysely.connection().execute(async (connection) => {
      await sql`set statement_timeout = 0`.execute(connection);
      try {
        await work(connection);
      } finally {
        await sql`reset statement_timeout`.execute(connection);
      }
    }),
  forMigration: (kysely) => kysely,
  addSequence: (table) =>
    table.addColumn('seq', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity()),
};
