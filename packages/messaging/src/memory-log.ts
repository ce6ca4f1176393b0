import { TOPIC, type WireRecord } from '@phone82/contracts';
import type { LoggedRecord } from './event-bus.ts';
import type { MemoryGroup } from './memory-group.ts';
import { partitionOf } from './partition-of.ts';

/** The log behind memory buses: what a cluster's disks hold. Several buses on one log are several processes. */
export interface MemoryLog {
  readonly partitions: readonly (readonly LoggedRecord[])[];
  readonly groups: Map<string, MemoryGroup>;
  /** `timestamp`: the time of the records, milliseconds since 1970. Default: the log knows none. */
  append(records: readonly WireRecord[], timestamp?: number): void;
}

export function createMemoryLog(partitionCount = 8): MemoryLog {
  const partitions: LoggedRecord[][] = Array.from({ length: partitionCount }, () => []);
  const groups = new Map<string, MemoryGroup>();
  let nextUnkeyed = 0;
  return {
    partitions,
    groups,
    append: (records, timestamp) => {
      for (const { key, value, headers } of records) {
        const partition = key === null ? nextUnkeyed++ % partitionCount : partitionOf(key, partitionCount);
        const log = partitions[partition] as LoggedRecord[];
        log.push({ topic: TOPIC, partition, offset: log.length, timestamp, key, value, headers });
      }
      for (const group of groups.values()) group.pump();
    },
  };
}
