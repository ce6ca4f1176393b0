import { type Admin, ListOffsetTimestamps } from '@platformatic/kafka';
import type { LoggedRecord } from './event-bus.ts';
import { committedOffsets, offsetsAt } from './kafka-offsets.ts';
import type { ResolvedKafkaOptions } from './kafka-options.ts';
import { KafkaReader } from './kafka-reader.ts';
import type { LogHistory, Stretch } from './log-history.ts';

const WAIT_MS = 250;
/** Reads without a record in a row, after which a stretch counts as one that does not come. */
const EMPTY_READS = 120;

export interface KafkaHistoryOptions extends ResolvedKafkaOptions {
  readonly admin: Admin;
  count(): Promise<number>;
}

export function kafkaHistory({ admin, count, ...options }: KafkaHistoryOptions): LogHistory {
  const { topic } = options;
  return {
    stretches: async (sinceMs) => {
      const partitions = await count();
      const since = sinceMs === undefined ? ListOffsetTimestamps.EARLIEST : BigInt(Math.floor(sinceMs));
      const first = await offsetsAt(admin, topic, partitions, since);
      const end = await offsetsAt(admin, topic, partitions, ListOffsetTimestamps.LATEST);
      return Array.from({ length: partitions }, (_, partition) => {
        const until = end.get(partition) ?? 0;
        const from = first.get(partition) ?? -1;
        // Kafka names no place where no record is so young.
        return { partition, from: from < 0 ? until : from, until };
      });
    },
    read: (stretch) => readStretch(options, stretch),
    committed: async (group) => {
      const found = await committedOffsets(admin, topic, group, await count());
      return new Map([...found].filter(([, next]) => next >= 0));
    },
    moveGroup: (groupId, offsets) => {
      const partitionOffsets = [...offsets].map(([partition, next]) => ({ partition, offset: BigInt(next) }));
      if (partitionOffsets.length === 0) return Promise.resolve();
      return admin.alterConsumerGroupOffsets({ groupId, topics: [{ name: topic, partitionOffsets }] });
    },
  };
}

async function* readStretch(
  options: ResolvedKafkaOptions,
  { partition, from, until }: Stretch,
): AsyncGenerator<readonly LoggedRecord[]> {
  const reader = new KafkaReader({ ...options, group: 'history' });
  try {
    for (let position = from, empty = 0; position < until; ) {
      const node = (await reader.leaders()).get(partition) ?? -1;
      const fetched = (await reader.fetch(node, [{ partition, position }], WAIT_MS)).get(partition);
      const records = fetched?.records.filter(({ offset }) => offset < until) ?? [];
      if (records.length > 0) yield records;
      empty = fetched && fetched.next > position ? 0 : empty + 1;
      if (empty > EMPTY_READS)
        throw new Error(`partition ${partition} gives no record at ${position}, before its end ${until}`);
      position = fetched?.next ?? position;
    }
  } finally {
    await reader.close();
  }
}
