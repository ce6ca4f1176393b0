import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Records of one state that something is still to be done about. */
export interface Waiting {
  readonly state: string;
  readonly count: number;
  /** Since when the oldest of them waits (milliseconds since 1970); undefined if that is not known, or none waits. */
  readonly since: number | undefined;
}

export interface WaitingColumns {
  readonly table: string;
  readonly state: string;
  /** Not null while there is something to do; indexed, so that only such records are read. */
  readonly due: string;
  /** Since when a record is in its state. */
  readonly since: string;
}

/** Counts what waits, for all of these states, those of which none waits included. Others are left out. */
export function createWaitingReader(
  { kysely }: Database,
  columns: WaitingColumns,
  states: readonly string[],
): () => Promise<readonly Waiting[]> {
  const { table, state, due, since } = columns;
  const query = sql<{ state: string; count: number | string; since: number | string | null }>`
    select ${sql.ref(state)} as state, count(*) as count, min(${sql.ref(since)}) as since
    from ${sql.table(table)} where ${sql.ref(due)} is not null group by ${sql.ref(state)}`;
  return async () => {
    const { rows } = await query.execute(kysely);
    const found = new Map(rows.map((row) => [row.state, row]));
    return states.map((name) => {
      const row = found.get(name);
      return {
        state: name,
        count: Number(row?.count ?? 0),
        since: row?.since ? Number(row.since) : undefined,
      };
    });
  };
}
