import type { Environment, Log } from '@phone82/runtime';
import { backoffMs } from './backoff.ts';
import type { Membership, SubscribeOptions, Subscription } from './event-bus.ts';
import { type HeldPartition, HeldPartitions } from './held-partitions.ts';
import type { BusSignal, Fetched, GroupMembership, LogServer } from './log-server.ts';
import { Pace } from './pace.ts';
import { PartitionWork } from './partition-work.ts';
import { WakeUp } from './wake-up.ts';

export interface LeasedSubscriptionOptions {
  readonly server: LogServer;
  readonly signal: BusSignal;
  readonly environment: Environment;
  readonly log: Log;
  /** How often to look for records without a hint. */
  readonly pollMs: number;
  /** How long a member that says nothing keeps its partitions. */
  readonly leaseMs: number;
}

const RETRY = { firstMs: 50, maxMs: 1_000 };
const MAX_RECORDS = 500;

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** A member of a consumer group at work. Whatever fails is tried again until it is stopped. */
export class LeasedSubscription implements Subscription {
  readonly #subscribed: SubscribeOptions;
  readonly #options: LeasedSubscriptionOptions;
  readonly #group: GroupMembership;
  readonly #work: PartitionWork;
  readonly #partitions: HeldPartitions;
  readonly #beatSoon: WakeUp;
  readonly #fetchSoon: WakeUp;
  readonly #pace: Pace;
  readonly #stopping = new AbortController();
  readonly #unlisten: () => void;
  readonly #loops: Promise<unknown>;
  #membership: Membership = 'joining';

  constructor(subscribed: SubscribeOptions, options: LeasedSubscriptionOptions) {
    const { server, signal, environment, pollMs, leaseMs } = options;
    const member = environment.newId();
    this.#subscribed = subscribed;
    this.#options = options;
    this.#group = server.membership(subscribed.group, member);
    const work = new PartitionWork(subscribed, this.#group, environment);
    this.#work = work;
    const isBusy = (partition: number) => work.isBusy(partition);
    this.#partitions = new HeldPartitions({
      ...options,
      group: this.#group,
      member,
      isBusy,
      partitions: () => server.partitions(),
    });
    this.#pace = new Pace(environment);
    this.#beatSoon = new WakeUp(environment);
    this.#fetchSoon = new WakeUp(environment);
    this.#unlisten = signal.listen((hint) => (hint === 'members' ? this.#beatSoon : this.#fetchSoon).wake());
    this.#loops = Promise.all([
      this.#repeat(() => this.#beat(), this.#beatSoon, leaseMs / 4),
      this.#repeat(() => this.#fetch(), this.#fetchSoon, pollMs),
      this.#watchExpiry(),
    ]);
  }

  membership(): Membership {
    return this.#membership;
  }

  async stop(): Promise<void> {
    const { log, signal } = this.#options;
    this.#unlisten();
    this.#stopping.abort();
    for (const { lost } of this.#partitions.all()) lost.abort();
    this.#beatSoon.wake();
    this.#fetchSoon.wake();
    await this.#loops;
    await this.#work.finished();
    await this.#group
      .leave()
      .catch((error) => log.warn({ err: error, group: this.#subscribed.group }, 'left without a goodbye'));
    signal.send('members');
  }

  async #beat(): Promise<void> {
    let changed = false;
    try {
      changed = await this.#partitions.rebalance();
      this.#membership = 'member';
    } catch (error) {
      this.#membership = 'logUnreachable';
      throw error;
    }
    if (!changed) return;
    this.#fetchSoon.wake();
    this.#options.signal.send('members');
  }

  async #fetch(): Promise<void> {
    this.#partitions.dropExpired();
    const ready = this.#partitions.all().filter((held) => this.#work.isReady(held));
    if (ready.length === 0) return;
    await this.#pace.next();
    const { maxRecords = MAX_RECORDS, types } = this.#subscribed;
    const places = ready.map(({ partition, next }) => ({ partition, next }));
    const found = await this.#options.server.fetch(places, maxRecords, types);
    this.#pace.found(sum(places.map(({ partition, next }) => (found.get(partition)?.next ?? next) - next)));
    for (const held of ready) {
      const fetched = found.get(held.partition);
      const isStillReady = this.#partitions.isHeld(held) && this.#work.isReady(held);
      if (fetched && isStillReady && !this.#stopping.signal.aborted) void this.#start(held, fetched);
    }
  }

  async #start(held: HeldPartition, fetched: Fetched): Promise<void> {
    await this.#work.start(held, fetched, this.#partitions);
    if (held.releasing) this.#beatSoon.wake();
    const { environment } = this.#options;
    const pauseMs = held.pausedUntil - environment.now();
    if (held.failures > 0 && pauseMs > 0) await environment.sleep(pauseMs, this.#stopping.signal);
    this.#fetchSoon.wake();
  }

  /** Repeats a step until the member stops, with one warning per outage. */
  async #repeat(step: () => Promise<void>, wakeUp: WakeUp, everyMs: number): Promise<void> {
    const { environment, log } = this.#options;
    for (let failures = 0; !this.#stopping.signal.aborted; ) {
      try {
        await step();
        failures = 0;
      } catch (error) {
        if (failures++ === 0)
          log.warn(
            { err: error, group: this.#subscribed.group },
            'the bus cannot be reached, will try again',
          );
      }
      if (this.#stopping.signal.aborted) return;
      await wakeUp.sleep(failures > 0 ? backoffMs(RETRY, failures, environment) : everyMs);
    }
  }

  /** A query that hangs must not keep a handler going past its lease. */
  async #watchExpiry(): Promise<void> {
    const { environment, leaseMs } = this.#options;
    while (!this.#stopping.signal.aborted) {
      await environment.sleep(leaseMs / 8, this.#stopping.signal);
      this.#partitions.dropExpired();
    }
  }
}
