import type { WireRecord } from '@phone82/contracts';
import { compatibilityPartitioner, type fetchV17 } from '@platformatic/kafka';
import type { LoggedRecord } from './event-bus.ts';
import type { Fetched, PlacedRecord } from './log-server.ts';

/** The partition of a key as the Java clients choose it, so that theirs and ours of one order meet. */
export function kafkaPartitionOf(key: string, partitions: number): number {
  return compatibilityPartitioner({ topic: '', value: Buffer.alloc(0) }, Buffer.from(key)) % partitions;
}

/** A record as the client library sends it. */
export const toMessage = (topic: string, { partition, key, value, headers }: PlacedRecord) => ({
  topic,
  partition,
  value: Buffer.from(value),
  headers: new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
  ...(key === null ? {} : { key: Buffer.from(key) }),
});

/** Bit of a batch that holds the marks of transactions, no records. */
const CONTROL = 0b100000;
/** Bit of a batch whose records have the time at which the broker took them, not that of their sender. */
const TIMED_BY_BROKER = 0b1000;

/** The records of a fetched partition from a place on, tombstones left out, and the place behind all that was fetched. */
export function readFetched(
  topic: string,
  from: number,
  { partitionIndex: partition, records: batches }: fetchV17.FetchResponsePartition,
): Fetched {
  const records: LoggedRecord[] = [];
  let next = from;
  for (const batch of batches ?? []) {
    const first = Number(batch.firstOffset);
    next = Math.max(next, first + batch.lastOffsetDelta + 1);
    if (batch.attributes & CONTROL) continue;
    for (const record of batch.records) {
      const offset = first + record.offsetDelta;
      // A broker sends whole batches, also when the place asked for is within one.
      if (offset < from || record.value === null) continue;
      const timestamp = timeOf(batch, record);
      records.push({ topic, partition, offset, timestamp, ...toWire(record, record.value) });
    }
  }
  return { records, next };
}

interface TimedBatch {
  readonly attributes: number;
  readonly firstTimestamp: bigint;
  readonly maxTimestamp: bigint;
}

const timeOf = (batch: TimedBatch, { timestampDelta }: { readonly timestampDelta: bigint }) =>
  Number(batch.attributes & TIMED_BY_BROKER ? batch.maxTimestamp : batch.firstTimestamp + timestampDelta);

interface RawRecord {
  readonly key: Buffer | null;
  readonly headers: readonly (readonly [Buffer | null, Buffer | null])[];
}

const toWire = ({ key, headers }: RawRecord, value: Buffer): WireRecord => ({
  key: key?.toString() ?? null,
  value: value.toString(),
  headers: Object.fromEntries(
    headers.map(([name, text]) => [name?.toString() ?? '', text?.toString() ?? '']),
  ),
});
