import type { Environment } from '@phone82/runtime';
import { ProgressWatch } from './consumer-progress.ts';
import type { EventBus, GroupLag } from './event-bus.ts';

export interface CaughtUpOptions {
  readonly bus: Pick<EventBus, 'lag' | 'partitionOf'>;
  readonly group: string;
  readonly environment: Pick<Environment, 'now' | 'sleep'>;
  /** How long to wait for what is still unread. Default 1 s. */
  readonly patienceMs?: number;
}

/** Whether a decision about an order heeds every event that was published before the question. */
export type HasCaughtUp = (orderId: number) => boolean;

const LOOK_EVERY_MS = 25;

/**
 * Whether a group has handled all that was in the log at the moment of asking; waits a while for the rest. A partition in which
 * nothing has moved for 30 s is waited for by the orders that lie in it, and no longer by the others
 * (docs/adr/0025-records-are-untrusted-and-a-stalled-partition-holds-back-its-own-orders.md).
 */
export function createCaughtUp(options: CaughtUpOptions): () => Promise<HasCaughtUp> {
  const { bus, group, environment, patienceMs = 1_000 } = options;
  const watch = new ProgressWatch();
  const look = async () => {
    const lag = await bus.lag(group);
    watch.look(lag, environment.now());
    return lag;
  };
  const isWaitedFor = (partition: number) =>
    !watch.progress(environment.now()).partitions?.includes(partition);
  return async () => {
    const deadline = environment.now() + patienceMs;
    const asked = await look();
    let unread = unreadOf(asked, asked);
    while ([...unread].some(isWaitedFor)) {
      if (environment.now() >= deadline) return () => false;
      await environment.sleep(LOOK_EVERY_MS);
      unread = unreadOf(await look(), asked);
    }
    const count = asked.partitions.length;
    return (orderId) => unread.size === 0 || !unread.has(bus.partitionOf(String(orderId), count));
  };
}

/** The partitions of which something that was there when it was asked is still unread. */
function unreadOf(now: GroupLag, asked: GroupLag): ReadonlySet<number> {
  const committed = new Map(now.partitions.map((one) => [one.partition, one.committed]));
  const unread = asked.partitions.filter(({ partition, end }) => (committed.get(partition) ?? 0) < end);
  return new Set(unread.map(({ partition }) => partition));
}
