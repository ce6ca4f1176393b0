import type { WireRecord } from '@phone82/contracts';
import type { Environment } from '@phone82/runtime';
import type {
  EventBus,
  GroupLag,
  LoggedRecord,
  Membership,
  SubscribeOptions,
  Subscription,
} from './event-bus.ts';
import type { LogHistory, Stretch } from './log-history.ts';
import { MemoryGroup, type MemoryMember } from './memory-group.ts';
import { createMemoryLog, type MemoryLog } from './memory-log.ts';
import { partitionOf } from './partition-of.ts';

/** A bus in memory, for component tests and the simulation: the same promises as the durable ones, on the environment's time. */
export interface MemoryBus extends EventBus {
  /** Dies: its members leave without finishing what is under way, and it can't be used any more. */
  crash(): void;
}

export function createMemoryBus(options: { environment: Environment; log?: MemoryLog }): MemoryBus {
  return new OpenMemoryBus(options.environment, options.log ?? createMemoryLog());
}

class OpenMemoryBus implements MemoryBus {
  readonly #environment: Environment;
  readonly #log: MemoryLog;
  readonly #members = new Map<MemoryMember, { group: MemoryGroup; die(reason: Error): void }>();
  #closed = false;

  constructor(environment: Environment, log: MemoryLog) {
    this.#environment = environment;
    this.#log = log;
  }

  async publish(records: readonly WireRecord[]): Promise<void> {
    await this.ping();
    this.#log.append(records, this.#environment.now());
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    await this.ping();
    const { promise: death, reject: die } = Promise.withResolvers<never>();
    death.catch(() => undefined);
    const member = { options, stopping: new AbortController(), death };
    const group = this.#groupOf(options.group);
    this.#members.set(member, { group, die });
    group.join(member);
    return {
      membership: () => (this.#members.has(member) ? 'member' : 'joining'),
      stop: () => this.#leave(member),
    };
  }

  membership(name: string): Membership | undefined {
    const isSubscribed = [...this.#members.keys()].some(({ options }) => options.group === name);
    return isSubscribed ? 'member' : undefined;
  }

  async lag(name: string): Promise<GroupLag> {
    const committed = this.#log.groups.get(name)?.committed ?? [];
    const partitions = this.#log.partitions.map((records, partition) => ({
      partition,
      committed: committed[partition] ?? 0,
      end: records.length,
    }));
    return { partitions, total: partitions.reduce((sum, { committed, end }) => sum + end - committed, 0) };
  }

  partitionOf(key: string, partitions: number): number {
    return partitionOf(key, partitions);
  }

  async deleteGroup(name: string): Promise<void> {
    if (this.#log.groups.get(name)?.hasMembers()) throw new Error(`the group ${name} still has members`);
    this.#log.groups.delete(name);
  }

  readonly history: LogHistory = {
    stretches: async () =>
      this.#log.partitions.map((records, partition) => ({ partition, from: 0, until: records.length })),
    read: (stretch) => this.#read(stretch),
    committed: async (name) => {
      const committed = this.#log.groups.get(name)?.committed ?? [];
      return new Map([...committed.entries()].filter(([, next]) => next > 0));
    },
    moveGroup: async (name, offsets) => {
      const group = this.#groupOf(name);
      if (group.hasMembers()) throw new Error(`the group ${name} still has members`);
      for (const [partition, next] of offsets) group.committed[partition] = next;
    },
  };

  async *#read({ partition, from, until }: Stretch): AsyncGenerator<readonly LoggedRecord[]> {
    const records = this.#log.partitions[partition]?.slice(from, until) ?? [];
    if (records.length > 0) yield records;
  }

  async ping(): Promise<void> {
    if (this.#closed) throw new Error('the bus is closed');
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members.keys()].map((member) => this.#leave(member)));
  }

  crash(): void {
    this.#closed = true;
    for (const [member, { die }] of this.#members) {
      die(new Error('crashed'));
      void this.#leave(member);
    }
  }

  #groupOf(name: string): MemoryGroup {
    const group = this.#log.groups.get(name) ?? new MemoryGroup(this.#log.partitions, this.#environment);
    this.#log.groups.set(name, group);
    return group;
  }

  async #leave(member: MemoryMember): Promise<void> {
    const group = this.#members.get(member)?.group;
    this.#members.delete(member);
    await group?.leave(member);
  }
}
