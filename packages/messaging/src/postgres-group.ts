import type { Pool } from 'pg';
import type { GroupMembership, OwnedPartition } from './log-server.ts';
import { SERVER_NOW } from './postgres-bus-schema.ts';

const BEAT = `
  with gone as (
    delete from bus.members where group_name = $1 and expires_at < ${SERVER_NOW} - 60000
  ), alive as (
    insert into bus.members (group_name, member, expires_at) values ($1, $2, ${SERVER_NOW} + $3::bigint)
    on conflict (group_name, member) do update set expires_at = excluded.expires_at
  ), renewed as (
    update bus.group_partitions set lease_until = ${SERVER_NOW} + $3::bigint
    where group_name = $1 and owner = $2 returning partition, epoch
  )
  select
    (select json_agg(member) from bus.members where group_name = $1 and expires_at > ${SERVER_NOW}) as members,
    (select json_agg(json_build_array(partition, epoch)) from renewed) as owned`;

const TAKE = `
  insert into bus.group_partitions (group_name, partition, committed, epoch, owner, lease_until)
  select $1, wanted, 0, 1, $2, ${SERVER_NOW} + $4::bigint from unnest($3::int[]) as wanted order by wanted
  on conflict (group_name, partition) do update set
    owner = excluded.owner, epoch = group_partitions.epoch + 1, lease_until = excluded.lease_until
  where group_partitions.owner is null or group_partitions.lease_until <= ${SERVER_NOW}
  returning partition, epoch, committed`;

/** An offset that is lost with a crash only makes records come again: its commit waits for no disk. */
const COMMIT = `
  update bus.group_partitions owned set committed = done.next
  from unnest($3::int[], $4::bigint[], $5::bigint[]) as done (partition, epoch, next),
    (select set_config('synchronous_commit', 'off', true)) as relaxed
  where owned.group_name = $1 and owned.owner = $2
    and owned.partition = done.partition and owned.epoch = done.epoch
  returning owned.partition`;

const GIVE_UP = `
  update bus.group_partitions set owner = null, lease_until = 0
  where group_name = $1 and owner = $2 and partition = any($3::int[])`;

const LEAVE = `
  with left_group as (delete from bus.members where group_name = $1 and member = $2)
  update bus.group_partitions set owner = null, lease_until = 0 where group_name = $1 and owner = $2`;

export function postgresGroup(pool: Pool, group: string, member: string): GroupMembership {
  return {
    beat: async (leaseMs) => {
      const { rows } = await pool.query<{ members: string[] | null; owned: [number, number][] | null }>(
        BEAT,
        [group, member, leaseMs],
      );
      const members = [...new Set([...(rows[0]?.members ?? []), member])].sort();
      return { members, owned: new Map(rows[0]?.owned ?? []) };
    },
    take: async (partitions, leaseMs) => {
      const values = [group, member, partitions, leaseMs];
      return (await pool.query<OwnedPartition>(TAKE, values)).rows;
    },
    commit: async (offsets) => {
      const values = [
        group,
        member,
        offsets.map(({ partition }) => partition),
        offsets.map(({ epoch }) => epoch),
        offsets.map(({ next }) => next),
      ];
      const { rows } = await pool.query<{ partition: number }>({ name: 'bus-commit', text: COMMIT, values });
      return new Set(rows.map(({ partition }) => partition));
    },
    giveUp: async (partitions) => {
      await pool.query(GIVE_UP, [group, member, partitions]);
    },
    leave: async () => {
      await pool.query(LEAVE, [group, member]);
    },
  };
}
