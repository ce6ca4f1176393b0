import { TOPIC } from '@phone82/contracts';
import type { Pool } from 'pg';
import type { LoggedRecord } from './event-bus.ts';
import type { Fetched } from './log-server.ts';

interface RecordRow {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  /** Null, as the headers, for a record of a type that is not wanted: it is only passed by. */
  readonly value: string | null;
  readonly headers: string | null;
  readonly created_at: number;
}

/** Most bytes of values that one read hands over of a partition, beside its first record. */
const MOST_BYTES = 4 * 1_024 * 1_024;

const FETCH = `
  select found.partition, found."offset", found.created_at,
    case when is_wanted then key end as key,
    case when is_wanted then value end as value,
    case when is_wanted then headers end as headers
  from unnest($1::int[], $2::bigint[]) as wanted (partition, next)
  cross join lateral (
    select records.*, $4::text[] is null or type is null or type = any($4) as is_wanted,
      sum(octet_length(value)) over (order by "offset") - octet_length(value) as bytes_before
    from (
      select * from bus.records
      where records.partition = wanted.partition and records."offset" >= wanted.next
      order by "offset" limit $3
    ) as records
  ) as found
  where found.bytes_before < ${MOST_BYTES}
  order by found.partition, found."offset"`;

/** Reads on from a place in each of several partitions, in one query; see `LogServer.fetch`. */
export async function fetchRecords(
  pool: Pool,
  places: readonly { readonly partition: number; readonly next: number }[],
  limit: number,
  types?: ReadonlySet<string>,
): Promise<ReadonlyMap<number, Fetched>> {
  const values = [
    places.map(({ partition }) => partition),
    places.map(({ next }) => next),
    limit,
    types ? [...types] : null,
  ];
  const { rows } = await pool.query<RecordRow>({ name: 'bus-fetch', text: FETCH, values });
  const byPartition = Map.groupBy(rows, ({ partition }) => partition);
  return new Map([...byPartition].map(([partition, found]) => [partition, fetched(found)]));
}

const fetched = (rows: readonly RecordRow[]): Fetched => ({
  records: rows.flatMap((row) => (row.value === null ? [] : loggedRecord(row, row.value))),
  next: (rows.at(-1)?.offset ?? -1) + 1,
});

const loggedRecord = (row: RecordRow, value: string): LoggedRecord => ({
  topic: TOPIC,
  partition: row.partition,
  offset: row.offset,
  timestamp: row.created_at,
  key: row.key,
  value,
  headers: JSON.parse(row.headers ?? '{}') as Record<string, string>,
});
