import { type RawBuilder, sql } from 'kysely';
import type { Dialect } from './database.ts';

/** Milliseconds since 1970 by the database's own clock: the one clock that several processes share. */
export function databaseClock(dialect: Dialect): RawBuilder<number> {
  return dialect === 'postgres'
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}
