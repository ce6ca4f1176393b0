import type { WireRecord } from '@phone82/contracts';
import type { GroupLag, LoggedRecord } from './event-bus.ts';
import type { Stretch } from './log-history.ts';

/** A partition that a member owns. The epoch grows with every owner: an older one's commit is refused. */
export interface OwnedPartition {
  readonly partition: number;
  readonly epoch: number;
  /** The first offset not consumed. */
  readonly committed: number;
}

export interface Heartbeat {
  /** Everyone alive in the group, this member included, in one order for all. */
  readonly members: readonly string[];
  /** The partitions that are still this member's, with their epochs. */
  readonly owned: ReadonlyMap<number, number>;
}

/** What a member of a consumer group says to the others through the server. All times are the server's. */
export interface GroupMembership {
  /** Says that the member lives, and prolongs its leases. */
  beat(leaseMs: number): Promise<Heartbeat>;
  /** Takes those partitions that are free or whose lease expired. */
  take(partitions: readonly number[], leaseMs: number): Promise<readonly OwnedPartition[]>;
  /** Moves offsets, and returns the partitions that were still this member's. */
  commit(
    offsets: readonly { partition: number; epoch: number; next: number }[],
  ): Promise<ReadonlySet<number>>;
  giveUp(partitions: readonly number[]): Promise<void>;
  /** Gives up everything and is gone. */
  leave(): Promise<void>;
}

export interface PlacedRecord extends WireRecord {
  readonly partition: number;
}

/** What a partition holds from a place on. */
export interface Fetched {
  readonly records: readonly LoggedRecord[];
  /** Where to read on: behind the last record seen, whether or not it is among them. */
  readonly next: number;
}

/** The server that keeps the log. Any call can fail, also after it took effect. */
export interface LogServer {
  /** How many partitions there are; makes the log when it is not there. */
  partitions(): Promise<number>;
  /** Resolves once the records are durable, each after those appended to its partition before. */
  append(records: readonly PlacedRecord[]): Promise<void>;
  /**
   * Reads on from a place in each of several partitions; at most `limit` records of each, in order, of which those of other than
   * the given types may be missing.
   */
  fetch(
    places: readonly { readonly partition: number; readonly next: number }[],
    limit: number,
    types?: ReadonlySet<string>,
  ): Promise<ReadonlyMap<number, Fetched>>;
  membership(group: string, member: string): GroupMembership;
  lag(group: string): Promise<GroupLag>;
  /** @throws Error while the group has members that live. */
  deleteGroup(group: string): Promise<void>;
  /** See `LogHistory`. */
  stretches(sinceMs?: number): Promise<readonly Stretch[]>;
  committed(group: string): Promise<ReadonlyMap<number, number>>;
  /** @throws Error while the group has members that live. */
  moveGroup(group: string, offsets: ReadonlyMap<number, number>): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Hints between processes: `records` were published, `members` of a group changed. */
export type Hint = 'records' | 'members';

/** Hints can get lost, also while the connection is being made again: whoever waits for one also polls. */
export interface BusSignal {
  send(hint: Hint): void;
  /** Returns how to stop listening. */
  listen(listener: (hint: Hint) => void): () => void;
  close(): Promise<void>;
}
