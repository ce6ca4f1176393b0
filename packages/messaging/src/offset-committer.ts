import { batched } from '@phone82/runtime';
import type { GroupMembership } from './log-server.ts';

interface Offset {
  readonly partition: number;
  readonly epoch: number;
  readonly next: number;
}

/** Commits the offsets of partitions that are done at the same moment together. False if a partition was lost. */
export function offsetCommitter(
  group: Pick<GroupMembership, 'commit'>,
): (partition: number, epoch: number, next: number) => Promise<boolean> {
  const commit = batched(async (offsets: readonly Offset[]) => {
    const kept = await group.commit(offsets);
    return offsets.map(({ partition }) => kept.has(partition));
  });
  return (partition, epoch, next) => commit({ partition, epoch, next });
}
