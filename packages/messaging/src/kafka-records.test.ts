import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { fetchV17 } from '@platformatic/kafka';
import { readFetched } from './kafka-records.ts';

const record = (offsetDelta: number, value: string | null, timestampDelta = 0n) => ({
  offsetDelta,
  timestampDelta,
  key: null,
  value: value === null ? null : Buffer.from(value),
  headers: [],
});
const partition = (attributes: number, ...records: ReturnType<typeof record>[]) =>
  ({
    partitionIndex: 2,
    records: [
      {
        firstOffset: 10n,
        lastOffsetDelta: records.length - 1,
        attributes,
        firstTimestamp: 1_000n,
        maxTimestamp: 5_000n,
        records,
      },
    ],
  }) as unknown as fetchV17.FetchResponsePartition;

test('a tombstone is passed by, and counts as read', () => {
  const { records, next } = readFetched('t', 10, partition(0, record(0, 'a'), record(1, null)));
  assert.deepEqual([records.map(({ value }) => value), next], [['a'], 12]);
  assert.deepEqual(readFetched('t', 10, partition(0, record(0, null))), { records: [], next: 11 });
  assert.equal(readFetched('t', 10, partition(0, record(0, ''))).records.length, 1);
});

test('a record has the time its sender gave it, or the broker’s where the topic says so', () => {
  const timesOf = (attributes: number) =>
    readFetched('t', 10, partition(attributes, record(0, 'a'), record(1, 'b', 7n))).records.map(
      ({ timestamp }) => timestamp,
    );
  assert.deepEqual(
    [timesOf(0), timesOf(0b1000)],
    [
      [1_000, 1_007],
      [5_000, 5_000],
    ],
  );
});
