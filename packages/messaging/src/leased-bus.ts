import type { WireRecord } from '@phone82/contracts';
import type { Environment, Log } from '@phone82/runtime';
import type { EventBus, GroupLag, Membership, SubscribeOptions, Subscription } from './event-bus.ts';
import { GatheringPublisher } from './gathering-publisher.ts';
import { leasedHistory } from './leased-history.ts';
import { LeasedSubscription } from './leased-subscription.ts';
import type { LogHistory } from './log-history.ts';
import type { BusSignal, LogServer } from './log-server.ts';
import { OpenSubscriptions } from './open-subscriptions.ts';
import { partitionOf } from './partition-of.ts';

export interface LeasedBusOptions {
  readonly server: LogServer;
  readonly signal: BusSignal;
  readonly environment: Environment;
  readonly log: Log;
  /** How often consumers look for records without a hint. Default 250 ms. */
  readonly pollMs?: number;
  /** How long a consumer that says nothing keeps its partitions. Default 4 s. */
  readonly leaseMs?: number;
}

/** A bus on a server that keeps the log and grants partitions by lease; hints make it quick. */
export function createLeasedBus(options: LeasedBusOptions): EventBus {
  return new LeasedBus(options);
}

class LeasedBus implements EventBus {
  readonly #options: LeasedBusOptions;
  readonly #server: LogServer;
  readonly #publisher: GatheringPublisher;
  readonly #subscriptions = new OpenSubscriptions();
  readonly history: LogHistory;
  #closed: Promise<void> | undefined;

  constructor(options: LeasedBusOptions) {
    const { server, signal, environment } = options;
    this.#options = options;
    this.#server = server;
    this.history = leasedHistory(server);
    this.#publisher = new GatheringPublisher({
      server,
      partitionOf,
      firstUnkeyed: Math.floor(environment.random() * 1_000),
      onPublished: () => signal.send('records'),
    });
  }

  publish(records: readonly WireRecord[]): Promise<void> {
    return this.#publisher.publish(records);
  }

  async subscribe(subscribed: SubscribeOptions): Promise<Subscription> {
    const { pollMs = 250, leaseMs = 4_000 } = this.#options;
    const member = new LeasedSubscription(subscribed, { ...this.#options, pollMs, leaseMs });
    return this.#subscriptions.add(subscribed.group, member);
  }

  membership(group: string): Membership | undefined {
    return this.#subscriptions.membership(group);
  }

  async lag(group: string): Promise<GroupLag> {
    await this.#server.partitions();
    return this.#server.lag(group);
  }

  partitionOf(key: string, partitions: number): number {
    return partitionOf(key, partitions);
  }

  async deleteGroup(group: string): Promise<void> {
    await this.#server.partitions();
    await this.#server.deleteGroup(group);
  }

  async ping(): Promise<void> {
    await this.#server.partitions();
    await this.#server.ping();
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    await this.#subscriptions.stopAll();
    await this.#publisher.idle();
    await this.#options.signal.close();
    await this.#server.close();
  }
}
