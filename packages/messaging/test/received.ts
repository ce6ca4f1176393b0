import assert from 'node:assert/strict';
import type { WireRecord } from '@phone82/contracts';
import { eventually } from '@phone82/testkit';
import type { EventBus, LoggedRecord, SubscribeOptions, Subscription } from '../src/index.ts';

/** Records as tests publish them: the n-th of a key. */
export const record = (key: string | null, n: number): WireRecord => ({
  key,
  value: JSON.stringify({ n }),
  headers: { ce_id: `${key}-${n}` },
});

export const sequence = (key: string | null, from: number, to: number): WireRecord[] =>
  Array.from({ length: to - from + 1 }, (_, index) => record(key, from + index));

export const numberOf = ({ value }: WireRecord) => (JSON.parse(value) as { n: number }).n;

/** What a group received. */
export interface Received {
  readonly records: LoggedRecord[];
  /** The numbers of a key's records, each when it came first. */
  numbers(key: string | null): number[];
  distinct(): number;
}

export function received(): Received {
  const records: LoggedRecord[] = [];
  return {
    records,
    numbers: (key) => [...new Set(records.filter((each) => each.key === key).map(numberOf))],
    distinct: () => new Set(records.map(({ partition, offset }) => `${partition}:${offset}`)).size,
  };
}

/** Subscribes and keeps what comes. */
export function collect(
  bus: EventBus,
  group: string,
  into: Received,
  options: Partial<SubscribeOptions> = {},
): Promise<Subscription> {
  return bus.subscribe({
    group,
    onRecords: async (records) => void into.records.push(...records),
    ...options,
  });
}

export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Waits until a group has received as many different records. */
export function untilReceived(into: Received, count: number, timeoutMs: number): Promise<void> {
  return eventually(() => assert.equal(into.distinct(), count), { timeoutMs });
}
