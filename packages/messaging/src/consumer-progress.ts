import type { GroupLag } from './event-bus.ts';

/** Whether a consumer group works off the records that wait for it. It is the state of the group: all its members see the same. */
export interface ConsumerProgress {
  readonly state: 'ok' | 'stalled';
  /** Of `stalled`: since when the first of the partitions has not moved, milliseconds since 1970. */
  readonly since?: number;
  /** Of `stalled`: the partitions that have unread records and do not move. */
  readonly partitions?: readonly number[];
}

interface Standing {
  readonly committed: number;
  readonly since: number;
}

/** A partition with unread records is stalled when its offset has not moved for this long. */
const STALLED_AFTER_MS = 30_000;

/** Finds the partitions that stand still, by looking at a group's offsets from time to time. */
export class ProgressWatch {
  readonly #stalledAfterMs: number;
  readonly #standing = new Map<number, Standing>();

  /** Default 30 s. */
  constructor(stalledAfterMs: number = STALLED_AFTER_MS) {
    this.#stalledAfterMs = stalledAfterMs;
  }

  /** Notes the offsets as they are now. */
  look({ partitions }: GroupLag, now: number): void {
    for (const { partition, committed, end } of partitions) {
      if (committed >= end) this.#standing.delete(partition);
      else if (this.#standing.get(partition)?.committed !== committed)
        this.#standing.set(partition, { committed, since: now });
    }
  }

  /** The offsets could not be read. What is not stalled yet is counted anew, for the consumer may have moved. */
  lookFailed(now: number): void {
    for (const [partition, { since }] of this.#standing)
      if (now - since < this.#stalledAfterMs) this.#standing.delete(partition);
  }

  /** How long the partition that stands longest has not moved, in milliseconds; 0 if every partition moves. */
  standingMs(now: number): number {
    return Math.max(0, ...[...this.#standing.values()].map(({ since }) => now - since));
  }

  progress(now: number): ConsumerProgress {
    const stalled = [...this.#standing].filter(([, { since }]) => now - since >= this.#stalledAfterMs);
    if (stalled.length === 0) return { state: 'ok' };
    return {
      state: 'stalled',
      since: Math.min(...stalled.map(([, { since }]) => since)),
      partitions: stalled.map(([partition]) => partition).sort((a, b) => a - b),
    };
  }
}
