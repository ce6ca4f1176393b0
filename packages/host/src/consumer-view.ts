import type { EventBus, WatchedProgress } from '@phone82/messaging';
import type { Aggregate } from '@phone82/persistence';
import type { ConsumerView } from './readiness-checks.ts';
import type { ServiceParts } from './service-definition.ts';

/** The consumer of a service as its readiness sees it, before and after it is started. */
export interface ServiceConsumer extends ConsumerView {
  started(consumer: WatchedProgress): void;
}

export function serviceConsumer<A extends Aggregate>(
  name: string,
  bus: Pick<EventBus, 'membership'>,
  { events, consumerGroup, consumerProgress }: ServiceParts<A>,
): ServiceConsumer {
  let own: WatchedProgress | undefined;
  return {
    group: () => consumerGroup?.() ?? (events && name),
    membership: (group) => bus.membership(group),
    progress: () => consumerProgress?.() ?? own?.progress(),
    started: (consumer) => {
      own = consumer;
    },
  };
}
