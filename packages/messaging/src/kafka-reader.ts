import { Consumer, ListOffsetTimestamps } from '@platformatic/kafka';
import { saysKafka } from './kafka-errors.ts';
import { clientOptions, type ResolvedKafkaOptions } from './kafka-options.ts';
import { readFetched } from './kafka-records.ts';
import type { Fetched } from './log-server.ts';

/** Where a partition is to be read on. */
export interface Place {
  readonly partition: number;
  readonly position: number;
}

export interface Bounds {
  readonly first: number;
  readonly end: number;
}

const PARTITION_BYTES = 1024 * 1024;
const UNKNOWN_EPOCH = -1;

/** Reads the topic, beside any group: its requests wait for records, and may hold up no heartbeat. */
export class KafkaReader {
  readonly #topic: string;
  readonly #consumer: Consumer;

  constructor(options: ResolvedKafkaOptions & { readonly group: string }) {
    this.#topic = options.topic;
    this.#consumer = new Consumer({ ...clientOptions(options), groupId: options.group, autocommit: false });
    this.#consumer.topics.track(options.topic);
  }

  /** The broker that each partition is read from. */
  async leaders(): Promise<ReadonlyMap<number, number>> {
    const { topics } = await this.#consumer.metadata({ topics: [this.#topic] });
    return new Map(topics.get(this.#topic)?.partitions.map(({ leader }, partition) => [partition, leader]));
  }

  /** The place of the oldest record of each partition, and the place behind its newest. */
  async bounds(): Promise<readonly Bounds[]> {
    const at = async (timestamp: bigint) =>
      (await this.#consumer.listOffsets({ topics: [this.#topic], timestamp })).get(this.#topic) ?? [];
    const [firsts, ends] = [await at(ListOffsetTimestamps.EARLIEST), await at(ListOffsetTimestamps.LATEST)];
    return firsts.map((first, partition) => ({ first: Number(first), end: Number(ends[partition]) }));
  }

  /** Reads partitions of one broker, and waits so long for the first record. */
  async fetch(
    node: number,
    places: readonly Place[],
    maxWaitTime: number,
  ): Promise<ReadonlyMap<number, Fetched>> {
    const topicId = await this.#topicId();
    const partitions = places.map(({ partition, position }) => ({
      partition,
      fetchOffset: BigInt(position),
      currentLeaderEpoch: UNKNOWN_EPOCH,
      lastFetchedEpoch: UNKNOWN_EPOCH,
      partitionMaxBytes: PARTITION_BYTES,
    }));
    const positions = new Map(places.map(({ partition, position }) => [partition, position]));
    const { responses } = await this.#consumer.fetch({
      node,
      topics: [{ topicId, partitions }],
      maxWaitTime,
    });
    const found = new Map<number, Fetched>();
    for (const each of responses.flatMap((response) => response.partitions)) {
      const from = positions.get(each.partitionIndex);
      if (from !== undefined) found.set(each.partitionIndex, readFetched(this.#topic, from, each));
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#consumer.close(true).catch(() => undefined);
  }

  async #topicId(): Promise<string> {
    const { topics } = await this.#consumer.metadata({ topics: [this.#topic] });
    return topics.get(this.#topic)?.id ?? '';
  }
}

/** Whether what was to be read is not in the log any more, or not yet. */
export const isOutOfRange = (error: unknown) => saysKafka(error, 'OFFSET_OUT_OF_RANGE');
