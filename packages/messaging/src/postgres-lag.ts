import type { Pool } from 'pg';
import type { GroupLag } from './event-bus.ts';
import { SERVER_NOW } from './postgres-bus-schema.ts';

export async function groupLag(pool: Pool, group: string): Promise<GroupLag> {
  const { rows } = await pool.query<GroupLag['partitions'][number]>(
    `select p.partition, greatest(p.first_offset, coalesce(g.committed, 0)) as committed, p.next_offset as "end"
     from bus.partitions p
     left join bus.group_partitions g on g.partition = p.partition and g.group_name = $1
     order by p.partition`,
    [group],
  );
  return { partitions: rows, total: rows.reduce((sum, { committed, end }) => sum + end - committed, 0) };
}

/** @throws Error while the group has members that live. */
export async function deleteGroup(pool: Pool, group: string): Promise<void> {
  const { rows } = await pool.query(
    `select from bus.members where group_name = $1 and expires_at > ${SERVER_NOW}`,
    [group],
  );
  if (rows.length > 0) throw new Error(`the group ${group} still has members`);
  await pool.query('delete from bus.group_partitions where group_name = $1', [group]);
}
