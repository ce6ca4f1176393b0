import type { Environment } from '@phone82/runtime';
import type { GroupMembership, OwnedPartition } from './log-server.ts';
import type { WorkedPartition } from './partition-work.ts';

/** A partition that a member has by lease. */
export interface HeldPartition extends WorkedPartition {
  /** When the lease ends, by this member's clock, counted from before it was asked for. */
  leaseUntil: number;
}

export interface HeldPartitionsOptions {
  readonly group: GroupMembership;
  readonly member: string;
  readonly leaseMs: number;
  readonly environment: Environment;
  partitions(): Promise<number>;
  /** Whether a batch of a partition is still being handled, also one of a lease that was lost. */
  isBusy(partition: number): boolean;
}

/** The partitions of one member, kept in line with what the group's members agree on through the database. */
export class HeldPartitions {
  readonly #options: HeldPartitionsOptions;
  readonly #held = new Map<number, HeldPartition>();

  constructor(options: HeldPartitionsOptions) {
    this.#options = options;
  }

  all(): readonly HeldPartition[] {
    return [...this.#held.values()];
  }

  isHeld(one: WorkedPartition): boolean {
    return this.#held.get(one.partition) === one;
  }

  drop(one: WorkedPartition): void {
    if (this.isHeld(one)) this.#held.delete(one.partition);
    one.lost.abort();
  }

  dropExpired(): void {
    const now = this.#options.environment.now();
    for (const one of this.all()) if (now >= one.leaseUntil) this.drop(one);
  }

  /** Renews the leases, takes this member's share, and gives up what is another's. Says whether anything changed. */
  async rebalance(): Promise<boolean> {
    const { member, partitions, isBusy } = this.#options;
    const count = await partitions();
    const share = shareOf(member, await this.#renew(), count);
    for (const one of this.#held.values()) one.releasing = !share.has(one.partition);
    const wanted = [...share].filter((partition) => !this.#held.has(partition) && !isBusy(partition));
    const taken = await this.#take(wanted);
    return (await this.#giveUp()) + taken > 0;
  }

  async #renew(): Promise<readonly string[]> {
    const { group, leaseMs, environment, isBusy } = this.#options;
    const asked = environment.now();
    const { members, owned } = await group.beat(leaseMs);
    for (const one of this.all()) {
      if (owned.get(one.partition) === one.epoch) one.leaseUntil = asked + leaseMs;
      else this.drop(one);
    }
    // The answer that said they are ours was lost, or the lease expired here and nobody took it: take them anew.
    const unknown = [...owned.keys()].filter((partition) => !this.#held.has(partition) && !isBusy(partition));
    if (unknown.length > 0) await group.giveUp(unknown);
    return members;
  }

  async #take(wanted: readonly number[]): Promise<number> {
    if (wanted.length === 0) return 0;
    const { group, leaseMs, environment } = this.#options;
    const leaseUntil = environment.now() + leaseMs;
    const taken = await group.take(wanted, leaseMs);
    for (const owned of taken) this.#held.set(owned.partition, newlyHeld(owned, leaseUntil));
    return taken.length;
  }

  async #giveUp(): Promise<number> {
    const { group, isBusy } = this.#options;
    const idle = this.all().filter(({ releasing, partition }) => releasing && !isBusy(partition));
    if (idle.length === 0) return 0;
    for (const one of idle) this.drop(one);
    await group.giveUp(idle.map(({ partition }) => partition));
    return idle.length;
  }
}

function shareOf(member: string, members: readonly string[], partitions: number): ReadonlySet<number> {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return new Set(all.filter((partition) => members[partition % members.length] === member));
}

function newlyHeld({ partition, epoch, committed }: OwnedPartition, leaseUntil: number): HeldPartition {
  return {
    partition,
    epoch,
    next: committed,
    leaseUntil,
    failures: 0,
    pausedUntil: 0,
    releasing: false,
    lost: new AbortController(),
  };
}
