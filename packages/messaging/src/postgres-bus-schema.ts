import type { Pool } from 'pg';

const SCHEMA_LOCK = 8_282_001;

const TABLES = `
  create schema if not exists bus;
  create table if not exists bus.partitions (
    partition int primary key,
    first_offset bigint not null default 0,
    next_offset bigint not null default 0
  ) with (fillfactor = 20);
  create table if not exists bus.records (
    partition int not null,
    "offset" bigint not null,
    key text,
    value text not null,
    headers text not null,
    created_at bigint not null,
    primary key (partition, "offset")
  );
  do $$ begin
    -- Asked before, for the statement waits for everyone who publishes even where there is nothing to do.
    if not exists (select from information_schema.columns where table_schema = 'bus' and table_name = 'records' and column_name = 'type')
    then alter table bus.records add column type text; end if;
  end $$;
  create table if not exists bus.members (
    group_name text not null,
    member text not null,
    expires_at bigint not null,
    primary key (group_name, member)
  );
  create table if not exists bus.group_partitions (
    group_name text not null,
    partition int not null,
    committed bigint not null,
    epoch bigint not null,
    owner text,
    lease_until bigint not null,
    primary key (group_name, partition)
  ) with (fillfactor = 20);
`;

/** Milliseconds since 1970 by the server's clock, the one that all members share. */
export const SERVER_NOW = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/** Creates the log's tables if they aren't there, one process after another, and returns how many partitions it has. */
export async function ensureBusSchema(pool: Pool, partitions: number): Promise<number> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`);
    await client.query(TABLES);
    // A log that exists keeps its number of partitions: another would send the keys elsewhere, out of order.
    await client.query(
      `insert into bus.partitions (partition)
       select generate_series(0, $1::int - 1) where not exists (select from bus.partitions)`,
      [partitions],
    );
    const { rows } = await client.query<{ count: number }>('select count(*) from bus.partitions');
    await client.query('commit');
    broken = false;
    return rows[0]?.count ?? partitions;
  } finally {
    client.release(broken);
  }
}
