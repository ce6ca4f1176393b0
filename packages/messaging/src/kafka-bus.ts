import type { WireRecord } from '@phone82/contracts';
import type { EventBus, GroupLag, Membership, SubscribeOptions, Subscription } from './event-bus.ts';
import { GatheringPublisher } from './gathering-publisher.ts';
import { type KafkaLog, openKafkaLog } from './kafka-log.ts';
import { type KafkaBusOptions, type ResolvedKafkaOptions, resolved } from './kafka-options.ts';
import { kafkaPartitionOf } from './kafka-records.ts';
import { KafkaSubscription } from './kafka-subscription.ts';
import type { LogHistory } from './log-history.ts';
import { OpenSubscriptions } from './open-subscriptions.ts';

/**
 * A topic of a Kafka cluster, which is created where it is missing. Nothing is connected before it is needed, and
 * connections are made again whenever they break.
 */
export function createKafkaBus(options: KafkaBusOptions): EventBus {
  return new KafkaBus(resolved(options));
}

class KafkaBus implements EventBus {
  readonly #options: ResolvedKafkaOptions;
  readonly #server: KafkaLog;
  readonly #publisher: GatheringPublisher;
  readonly #subscriptions = new OpenSubscriptions();
  readonly history: LogHistory;
  #closed: Promise<void> | undefined;

  constructor(options: ResolvedKafkaOptions) {
    this.#options = options;
    this.#server = openKafkaLog(options);
    this.history = this.#server.history;
    this.#publisher = new GatheringPublisher({
      server: this.#server,
      partitionOf: kafkaPartitionOf,
      firstUnkeyed: Math.floor(options.environment.random() * 1_000),
      onPublished: () => undefined,
    });
  }

  publish(records: readonly WireRecord[]): Promise<void> {
    return this.#publisher.publish(records);
  }

  async subscribe(subscribed: SubscribeOptions): Promise<Subscription> {
    const member = new KafkaSubscription(subscribed, this.#server, this.#options);
    return this.#subscriptions.add(subscribed.group, member);
  }

  membership(group: string): Membership | undefined {
    return this.#subscriptions.membership(group);
  }

  lag(group: string): Promise<GroupLag> {
    return this.#server.lag(group);
  }

  partitionOf(key: string, partitions: number): number {
    return kafkaPartitionOf(key, partitions);
  }

  deleteGroup(group: string): Promise<void> {
    return this.#server.deleteGroup(group);
  }

  ping(): Promise<void> {
    return this.#server.ping();
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    await this.#subscriptions.stopAll();
    await this.#publisher.idle();
    await this.#server.close();
  }
}
