import type { Dialect } from '../database.ts';
import { mariadbDialect } from './mariadb-dialect.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const dialects: Readonly<Record<Dialect, SqlDialect>> = {
  postgres: postgresDialect,
  sqlite: sqliteDialect,
  mariadb: mariadbDialect,
};

/** How a kind of database does what the others do differently. */
export const sqlDialect = (name: Dialect): SqlDialect => dialects[name];
