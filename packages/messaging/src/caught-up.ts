import type { Environment } from '@phone82/runtime';
import type { EventBus, GroupLag } from './event-bus.ts';

export interface CaughtUpOptions {
  readonly bus: Pick<EventBus, 'lag'>;
  readonly group: string;
  readonly environment: Pick<Environment, 'now' | 'sleep'>;
  /** How long to wait for what is still unread. Default 1 s. */
  readonly patienceMs?: number;
}

const LOOK_EVERY_MS = 25;

/**
 * Whether a group has handled all that was in the log at the moment of asking; waits a while for the rest. Who
 * decides after a yes has heeded every event that was published before the question. False: too much is unread.
 */
export function createCaughtUp(options: CaughtUpOptions): () => Promise<boolean> {
  const { bus, group, environment, patienceMs = 1_000 } = options;
  return async () => {
    const deadline = environment.now() + patienceMs;
    const asked = await bus.lag(group);
    let now = asked;
    while (!isPast(now, asked)) {
      if (environment.now() >= deadline) return false;
      await environment.sleep(LOOK_EVERY_MS);
      now = await bus.lag(group);
    }
    return true;
  };
}

function isPast(now: GroupLag, asked: GroupLag): boolean {
  const committed = new Map(now.partitions.map((one) => [one.partition, one.committed]));
  return asked.partitions.every(({ partition, end }) => (committed.get(partition) ?? 0) >= end);
}
