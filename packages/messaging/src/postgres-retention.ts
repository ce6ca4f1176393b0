import type { Pool } from 'pg';
import { SERVER_NOW } from './postgres-bus-schema.ts';

const SLICE = 1_000;

const FORGET = `
  with oldest as (
    select "offset", created_at from bus.records where partition = $1 order by "offset" limit ${SLICE}
  ), forgotten as (
    delete from bus.records where partition = $1 and "offset" in (
      select "offset" from oldest where created_at < ${SERVER_NOW} - $2::bigint
    ) returning "offset"
  ), counted as (
    select count(*) as records, max("offset") + 1 as first_offset from forgotten
  ), advanced as (
    update bus.partitions p set first_offset = counted.first_offset from counted
    where p.partition = $1 and counted.records > 0
  )
  select records from counted`;

/** Deletes the records that are older than the retention, a slice of each partition. True if there may be more. */
export async function forgetOldRecords(
  pool: Pool,
  partitions: number,
  retentionMs: number,
): Promise<boolean> {
  let more = false;
  for (let partition = 0; partition < partitions; partition++) {
    const { rows } = await pool.query<{ records: number }>(FORGET, [partition, retentionMs]);
    more ||= rows[0]?.records === SLICE;
  }
  return more;
}
