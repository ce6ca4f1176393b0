import { partitionOf } from '@phone82/messaging';
import type { Template } from './copy-rows.ts';
import { withClient } from './databases.ts';

const AT_ONCE = 20_000;

/** The records of one order again for another, one after the other in its partition. */
const COPY = `
  insert into bus.records (partition, "offset", key, value, headers, type, created_at)
  select place.partition, place.first + record.number, place.id::text,
    replace(replace(record.value, '"id":' || $4, '"id":' || place.id), '"orderId":' || $4, '"orderId":' || place.id),
    replace(record.headers, record.message_id, left(record.message_id, 24) || lpad(to_hex(place.id), 12, '0')),
    record.type, record.created_at
  from unnest($1::int[], $2::bigint[], $3::bigint[]) as place (partition, first, id)
  cross join (
    select row_number() over (order by "offset") - 1 as number, records.*, headers::json ->> 'ce_id' as message_id
    from bus.records where key = $4
  ) as record`;

/** The ids of an order's messages, in the order of the log. */
export async function messageIdsOf(url: string, id: number): Promise<readonly string[]> {
  const { rows } = await withClient(url, (client) =>
    client.query(`select headers::json ->> 'ce_id' as id from bus.records where key = $1 order by "offset"`, [
      String(id),
    ]),
  );
  return rows.map((row) => row.id as string);
}

/** Copies the records of an order for the orders that follow it, consumed by all groups. */
export function copyLog(url: string, { id, count, messageIds }: Template): Promise<void> {
  return withClient(url, async (client) => {
    const { rows: partitions } = await client.query(
      'select partition, next_offset from bus.partitions order by partition',
    );
    const next = partitions.map(({ next_offset }) => Number(next_offset));
    const last = id + count;
    for (let from = id + 1; from <= last; from += AT_ONCE) {
      const ids = Array.from({ length: Math.min(AT_ONCE, last + 1 - from) }, (_, index) => from + index);
      const places = ids.map((one) => placeOf(one, next, messageIds.length));
      const columns = [places.map(({ partition }) => partition), places.map(({ first }) => first), ids];
      await client.query(COPY, [...columns, String(id)]);
    }
    for (const [partition, offset] of next.entries())
      await client.query('update bus.partitions set next_offset = $2 where partition = $1', [
        partition,
        offset,
      ]);
    await client.query(
      'update bus.group_partitions g set committed = p.next_offset from bus.partitions p where p.partition = g.partition',
    );
    await client.query('vacuum analyze');
  });
}

function placeOf(id: number, next: number[], records: number): { partition: number; first: number } {
  const partition = partitionOf(String(id), next.length);
  const first = next[partition] as number;
  next[partition] = first + records;
  return { partition, first };
}
