import type { Pool } from 'pg';
import type { Stretch } from './log-history.ts';
import { SERVER_NOW } from './postgres-bus-schema.ts';

/** Records of a partition are in the order of their times, so the newest of before is looked for from the end. */
const STRETCHES = `
  select partition, coalesce((
    select "offset" + 1 from bus.records
    where records.partition = partitions.partition and created_at < $1
    order by "offset" desc limit 1
  ), first_offset) as "from", next_offset as until
  from bus.partitions order by partition`;

export async function stretchesOf(pool: Pool, sinceMs: number | undefined): Promise<readonly Stretch[]> {
  if (sinceMs !== undefined) return (await pool.query<Stretch>(STRETCHES, [Math.floor(sinceMs)])).rows;
  const { rows } = await pool.query<Stretch>(
    'select partition, first_offset as "from", next_offset as until from bus.partitions order by partition',
  );
  return rows;
}

export async function committedBy(pool: Pool, group: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ partition: number; committed: number }>(
    'select partition, committed from bus.group_partitions where group_name = $1 and committed > 0',
    [group],
  );
  return new Map(rows.map(({ partition, committed }) => [partition, committed]));
}

const MOVE = `
  insert into bus.group_partitions (group_name, partition, committed, epoch, owner, lease_until)
  select $1, moved.partition, moved.next, 1, null, 0
  from unnest($2::int[], $3::bigint[]) as moved (partition, next)
  where not exists (select from bus.members where group_name = $1 and expires_at > ${SERVER_NOW})
  on conflict (group_name, partition) do update set
    committed = excluded.committed, epoch = group_partitions.epoch + 1, owner = null, lease_until = 0`;

/** @throws Error while the group has members that live. */
export async function moveGroup(
  pool: Pool,
  group: string,
  offsets: ReadonlyMap<number, number>,
): Promise<void> {
  if (offsets.size === 0) return;
  const { rowCount } = await pool.query(MOVE, [group, [...offsets.keys()], [...offsets.values()]]);
  if (rowCount === 0) throw new Error(`the group ${group} still has members`);
}
