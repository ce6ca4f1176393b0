import type { LoggedRecord } from './logged-record.ts';

/** Part of a partition: from an offset up to another, which is not part of it. */
export interface Stretch {
  readonly partition: number;
  readonly from: number;
  readonly until: number;
}

/** The log beside any group: for whoever reads what was told before, and for groups that are to continue behind it. */
export interface LogHistory {
  /**
   * Each partition from the first record at or after a time (milliseconds since 1970, by the log's clock) to its end now; a log
   * without times begins at the beginning. Default: the whole.
   */
  stretches(sinceMs?: number): Promise<readonly Stretch[]>;
  /** Reads a stretch in order, in batches. @throws where the log does not answer; read on from the last record then. */
  read(stretch: Stretch): AsyncIterable<readonly LoggedRecord[]>;
  /** The first offset not consumed by a group, of each partition of which it consumed any. */
  committed(group: string): Promise<ReadonlyMap<number, number>>;
  /** Puts the offsets of a group, of which no member may live. @throws Error if one does. */
  moveGroup(group: string, offsets: ReadonlyMap<number, number>): Promise<void>;
}
