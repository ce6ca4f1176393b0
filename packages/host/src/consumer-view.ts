import type { EventBus } from '@phone82/messaging';
import type { Aggregate } from '@phone82/persistence';
import type { Component } from '@phone82/runtime';
import type { ConsumerProgress, ConsumerView } from './readiness-checks.ts';
import type { ServiceParts } from './service-definition.ts';

/** What tells of a consumer that was started; not every one knows its progress. */
export interface StartedConsumer extends Component {
  progress?(): ConsumerProgress;
}

/** The consumer of a service as its readiness sees it, before and after it is started. */
export interface ServiceConsumer extends ConsumerView {
  started(consumer: StartedConsumer): void;
}

export function serviceConsumer<A extends Aggregate>(
  name: string,
  bus: Pick<EventBus, 'membership'>,
  { events, consumerGroup, consumerProgress }: ServiceParts<A>,
): ServiceConsumer {
  let own: StartedConsumer | undefined;
  return {
    group: () => consumerGroup?.() ?? (events && name),
    membership: (group) => bus.membership(group),
    progress: () => consumerProgress?.() ?? own?.progress?.(),
    started: (consumer) => {
      own = consumer;
    },
  };
}
