import { sql } from 'kysely';
import { mariadbSchema } from './mariadb-schema.ts';
import { onDuplicateKey } from './on-duplicate-key.ts';
import type { SqlDialect } from './sql-dialect.ts';

const clock = sql<number>`cast(unix_timestamp(sysdate(3)) * 1000 as integer)`;

export const mariadbDialect: SqlDialect = {
  clock,
  lock: { update: sql`for update`, share: sql`lock in share mode` },
  writesTogether: false,
  ...onDuplicateKey(clock),
  // The migrator's own lock makes others wait; a wait is not to end as a slow statement does.
  withMigrationTurn: (kysely, work) =>
    kysely.connection().execute(async (connection) => {
      const { rows } = await sql<{ seconds: number }>`select @@max_statement_time as seconds`.execute(
        connection,
      );
      await sql`set max_statement_time = 0`.execute(connection);
      try {
        await work(connection);
      } finally {
        await sql`set max_statement_time = ${sql.lit(Number(rows[0]?.seconds))}`.execute(connection);
      }
    }),
  forMigration: (kysely) => kysely.withPlugin(mariadbSchema),
  addSequence: (table) => table.addColumn('seq', 'bigint', (column) => column.primaryKey().autoIncrement()),
};
