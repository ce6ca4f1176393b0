import type { Log } from '@phone82/runtime';

export interface OutageLog {
  /** A batch that begins at this offset failed, and comes again. */
  failed(partition: number, offset: number, error: unknown): void;
  /** A batch of the partition was worked off. */
  over(partition: number): void;
}

/** One warning for each outage of a partition, however often its batch is tried meanwhile. */
export function outageLog(log: Log, group: string): OutageLog {
  const failing = new Set<number>();
  return {
    failed: (partition, offset, error) => {
      if (failing.has(partition)) return;
      failing.add(partition);
      log.warn({ err: error, group, partition, offset }, 'events could not be worked off, they come again');
    },
    over: (partition) => void failing.delete(partition),
  };
}
