import type { WireRecord } from '@phone82/contracts';
import type { LogHistory } from './log-history.ts';
import type { LoggedRecord } from './logged-record.ts';

export type { LoggedRecord } from './logged-record.ts';

export interface SubscribeOptions {
  /** Members of a group share the partitions; each group sees every record. */
  readonly group: string;
  /**
   * Handles records of one partition, in order. When it resolves they count as consumed; when it throws
   * they come again, after a pause, to this member or another. Records can come twice (rebalance, crash).
   * The signal is aborted when the partition is lost or the subscription stops: finish or throw soon.
   */
  onRecords(records: readonly LoggedRecord[], signal: AbortSignal): Promise<void>;
  /**
   * The types of event (`ce_type`) that the group listens to: a log that can may leave records of others out, which count as consumed.
   * A record that does not say its type is handed over. Default: all.
   */
  readonly types?: ReadonlySet<string>;
  /** Most records handed over at once. Default 500. */
  readonly maxRecords?: number;
}

/**
 * Where a subscription stands with its group. `joining`: neither let in nor refused yet, or thrown out a moment ago.
 * `member`: the group knows it, also while it deals the partitions anew. `refused`: the log answers and does not let it in;
 * another implementation may be in the group. `logUnreachable`: the log does not answer.
 */
export type Membership = 'joining' | 'member' | 'refused' | 'logUnreachable';

export interface Subscription {
  /** The outcome of the last attempt: a refusal stays until another attempt ends otherwise. */
  membership(): Membership;
  /** Finishes the batches under way, commits their offsets, and leaves the group. */
  stop(): Promise<void>;
}

/** How far a group is behind: per partition, what was consumed and what there is. */
export interface GroupLag {
  readonly partitions: readonly {
    readonly partition: number;
    readonly committed: number;
    readonly end: number;
  }[];
  /** Records not yet consumed, over all partitions. */
  readonly total: number;
}

/** A durable partitioned log. A new group starts at the beginning. */
export interface EventBus {
  /** Resolves once the records are durable. Records of one key keep their order, also among calls made one after another. */
  publish(records: readonly WireRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Where this bus's subscription of a group stands; undefined without one. */
  membership(group: string): Membership | undefined;
  lag(group: string): Promise<GroupLag>;
  /** The partition, of so many, that records with this key go to. */
  partitionOf(key: string, partitions: number): number;
  /** Forgets a group's offsets: its next subscription starts at the beginning. Its members must be gone. */
  deleteGroup(group: string): Promise<void>;
  /** Whether the log can be reached now. */
  ping(): Promise<void>;
  readonly history: LogHistory;
  close(): Promise<void>;
}
