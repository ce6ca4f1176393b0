/** What one consumer of this process tells of itself. */
export interface ConsumerState {
  readonly group: string;
  /** Why the log refuses this process as a member of the group. Undefined: it is one, is joining, or the log is away. */
  readonly refused?: string | undefined;
  /** How long records have waited without any progress, ms; of the partition that waits longest. 0: none waits. */
  readonly stalledMs: number;
  /** What the last try to work them off failed with, if it failed. */
  readonly reason?: string | undefined;
}
