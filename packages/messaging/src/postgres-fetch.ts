import { TOPIC } from '@phone82/contracts';
import type { Pool } from 'pg';
import type { LoggedRecord } from './event-bus.ts';

interface RecordRow {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string;
  readonly headers: string;
}

const FETCH = `
  select found.* from unnest($1::int[], $2::bigint[]) as wanted (partition, next)
  cross join lateral (
    select partition, "offset", key, value, headers from bus.records
    where records.partition = wanted.partition and records."offset" >= wanted.next
    order by "offset" limit $3
  ) as found`;

/** Reads on from a place in each of several partitions, in one query; at most `limit` records of each, in order. */
export async function fetchRecords(
  pool: Pool,
  places: readonly { readonly partition: number; readonly next: number }[],
  limit: number,
): Promise<ReadonlyMap<number, readonly LoggedRecord[]>> {
  const values = [places.map(({ partition }) => partition), places.map(({ next }) => next), limit];
  const { rows } = await pool.query<RecordRow>({ name: 'bus-fetch', text: FETCH, values });
  const records = rows.map((row) => ({
    ...row,
    topic: TOPIC,
    headers: JSON.parse(row.headers) as Record<string, string>,
  }));
  return Map.groupBy(records, ({ partition }) => partition);
}
