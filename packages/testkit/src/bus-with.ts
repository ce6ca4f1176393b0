import type { EventBus } from '@phone82/messaging';

/** A bus that answers some calls otherwise, for faults of the log. */
export const busWith = (bus: EventBus, other: Partial<EventBus>): EventBus => ({
  publish: (records) => bus.publish(records),
  subscribe: (options) => bus.subscribe(options),
  membership: (group) => bus.membership(group),
  history: bus.history,
  partitionOf: (key, partitions) => bus.partitionOf(key, partitions),
  lag: (group) => bus.lag(group),
  deleteGroup: (group) => bus.deleteGroup(group),
  ping: () => bus.ping(),
  close: () => bus.close(),
  ...other,
});
