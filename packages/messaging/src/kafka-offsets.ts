import type { Admin } from '@platformatic/kafka';

export const upTo = (count: number) => Array.from({ length: count }, (_, partition) => partition);

/** The offset of each partition's first record at or after a time; -1 where there is none. Kafka has negative times for its bounds. */
export async function offsetsAt(
  admin: Admin,
  topic: string,
  count: number,
  timestamp: bigint,
): Promise<ReadonlyMap<number, number>> {
  const partitions = upTo(count).map((partitionIndex) => ({ partitionIndex, timestamp }));
  const [listed] = await admin.listOffsets({ topics: [{ name: topic, partitions }] });
  return new Map(listed?.partitions.map(({ partitionIndex, offset }) => [partitionIndex, Number(offset)]));
}

export async function committedOffsets(admin: Admin, topic: string, group: string, count: number) {
  const [found] = await admin.listConsumerGroupOffsets({
    groups: [{ groupId: group, topics: [{ name: topic, partitionIndexes: upTo(count) }] }],
  });
  const partitions = found?.topics.find(({ name }) => name === topic)?.partitions ?? [];
  return new Map(partitions.map((one) => [one.partitionIndex, Number(one.committedOffset)]));
}
