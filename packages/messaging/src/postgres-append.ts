import { storable } from '@phone82/contracts';
import type { Pool } from 'pg';
import type { PlacedRecord } from './log-server.ts';
import { SERVER_NOW } from './postgres-bus-schema.ts';

/**
 * The rows of the partitions are locked in order before offsets are given, and stay locked until the commit: in a
 * partition the order of offsets is the order of commits, so a reader never sees a later record before an earlier one.
 */
const PUBLISH = `
  with input as (
    select * from rows from (json_to_recordset($1::json) as (
      partition int, key text, value text, headers text, type text
    )) with ordinality as input (partition, key, value, headers, type, place)
  ), counts as (
    select partition, count(*) as records from input group by partition
  ), locked as materialized (
    select p.partition from bus.partitions p join counts using (partition) order by p.partition for update of p
  ), advanced as (
    update bus.partitions p set next_offset = p.next_offset + c.records
    from counts c join locked using (partition)
    where p.partition = c.partition
    returning p.partition, p.next_offset - c.records as first_offset
  )
  insert into bus.records (partition, "offset", key, value, headers, type, created_at)
  select partition, first_offset + row_number() over (partition by partition order by place) - 1,
    key, value, headers, type, ${SERVER_NOW}
  from input join advanced using (partition)`;

export async function appendRecords(pool: Pool, records: readonly PlacedRecord[]): Promise<void> {
  const rows = records.map(rowOf);
  await pool.query({ name: 'bus-publish', text: PUBLISH, values: [JSON.stringify(rows)] });
}

/** One record that PostgreSQL does not take would keep back all that is published with it. */
const rowOf = ({ partition, key, value, headers }: PlacedRecord) => ({
  partition,
  key: key === null ? null : whole(key),
  value: whole(value),
  headers: JSON.stringify(headers),
  type: headers.ce_type ? whole(headers.ce_type) : null,
});

const whole = (text: string) => storable(text, Number.POSITIVE_INFINITY);
