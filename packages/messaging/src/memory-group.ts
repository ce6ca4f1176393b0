import type { Environment } from '@phone82/runtime';
import { backoffMs } from './backoff.ts';
import type { LoggedRecord, SubscribeOptions } from './event-bus.ts';

export interface MemoryMember {
  readonly options: SubscribeOptions;
  /** Aborted when it stops: what is under way is finished. */
  readonly stopping: AbortController;
  /** Rejects when it dies: what is under way is lost. */
  readonly death: Promise<never>;
}

const RETRY = { firstMs: 50, maxMs: 1_000 };
const MAX_RECORDS = 500;

/**
 * A consumer group: the offsets it committed, and one pump per partition that hands records to its members; so two
 * members never hold the same records, whoever joins or leaves meanwhile.
 */
export class MemoryGroup {
  readonly #partitions: readonly (readonly LoggedRecord[])[];
  readonly #environment: Environment;
  readonly #members: MemoryMember[] = [];
  readonly #pumping = new Set<number>();
  readonly #underWay = new Map<number, { member: MemoryMember; done: Promise<boolean> }>();
  readonly committed: number[];

  constructor(partitions: readonly (readonly LoggedRecord[])[], environment: Environment) {
    this.#partitions = partitions;
    this.#environment = environment;
    this.committed = partitions.map(() => 0);
  }

  hasMembers(): boolean {
    return this.#members.length > 0;
  }

  join(member: MemoryMember): void {
    this.#members.push(member);
    this.pump();
  }

  /** Takes a member out, and resolves when none of its batches is under way. */
  async leave(member: MemoryMember): Promise<void> {
    this.#members.splice(this.#members.indexOf(member), 1);
    member.stopping.abort();
    const its = [...this.#underWay.values()].filter((each) => each.member === member);
    await Promise.all(its.map(({ done }) => done));
    this.pump();
  }

  /** There may be new records. */
  pump(): void {
    for (const partition of this.#partitions.keys()) {
      if (this.#pumping.has(partition)) continue;
      this.#pumping.add(partition);
      void Promise.resolve().then(() => this.#pumpPartition(partition));
    }
  }

  async #pumpPartition(partition: number): Promise<void> {
    let failures = 0;
    while (this.hasMembers() && this.#behind(partition)) {
      const member = this.#members[partition % this.#members.length] as MemoryMember;
      const done = this.#handOver(partition, member);
      this.#underWay.set(partition, { member, done });
      failures = (await done) ? 0 : failures + 1;
      this.#underWay.delete(partition);
      if (failures === 0 || !this.#members.includes(member)) continue;
      await this.#environment.sleep(backoffMs(RETRY, failures, this.#environment), member.stopping.signal);
    }
    this.#pumping.delete(partition);
  }

  #behind(partition: number): boolean {
    return (this.committed[partition] as number) < (this.#partitions[partition]?.length ?? 0);
  }

  /** Whether the member took the records. */
  async #handOver(partition: number, { options, stopping, death }: MemoryMember): Promise<boolean> {
    const { onRecords, maxRecords = MAX_RECORDS } = options;
    const from = this.committed[partition] as number;
    const records = (this.#partitions[partition] ?? []).slice(from, from + maxRecords);
    try {
      await Promise.race([onRecords(records, stopping.signal), death]);
      this.committed[partition] = from + records.length;
      return true;
    } catch {
      return false;
    }
  }
}
