import { DatabaseSync } from 'node:sqlite';

/** A file whose commits are on the disk when they return. */
export function open(tables: string): DatabaseSync {
  const database = new DatabaseSync(process.env.SQLITE_FILE as string);
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  database.exec(tables);
  return database;
}

/** Does the work and commits once. */
export function commit<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
