import type { EventBus } from './event-bus.ts';
import type { KafkaBusOptions } from './kafka-options.ts';

/** A bus on a Kafka cluster, see `createKafkaBus`. The client is loaded here, so that who has no Kafka has not its memory to pay. */
export async function openKafkaBus(options: KafkaBusOptions): Promise<EventBus> {
  const { createKafkaBus } = await import('./kafka-bus.ts');
  return createKafkaBus(options);
}
