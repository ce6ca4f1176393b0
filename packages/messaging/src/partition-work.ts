import { type Environment, failpoint } from '@phone82/runtime';
import { backoffMs } from './backoff.ts';
import type { SubscribeOptions } from './event-bus.ts';
import type { Fetched, GroupMembership } from './log-server.ts';
import { offsetCommitter } from './offset-committer.ts';

const RETRY = { firstMs: 50, maxMs: 1_000 };
const LAST_TRIES = 3;

/** A partition that a member works on, whatever gave it to the member. */
export interface WorkedPartition {
  readonly partition: number;
  /** Of this member's possession: an offset of an earlier one is not committed. */
  readonly epoch: number;
  /** The first offset not consumed. */
  next: number;
  /** Batches that failed in a row; the next one waits until then. */
  failures: number;
  pausedUntil: number;
  /** Another member is to have it: its batch under way is finished, then it is given up. */
  releasing: boolean;
  /** Aborted when it is lost or the member stops. */
  readonly lost: AbortController;
}

interface Holder {
  /** The partition turned out to be another member's. */
  drop(one: WorkedPartition): void;
}

/** The batches that a member handles now: one of each partition at most. */
export class PartitionWork {
  readonly #onRecords: SubscribeOptions['onRecords'];
  readonly #commitOffset: ReturnType<typeof offsetCommitter>;
  readonly #environment: Environment;
  readonly #underWay = new Map<number, Promise<void>>();

  constructor(
    options: Pick<SubscribeOptions, 'onRecords'>,
    group: Pick<GroupMembership, 'commit'>,
    environment: Environment,
  ) {
    this.#onRecords = options.onRecords;
    this.#commitOffset = offsetCommitter(group);
    this.#environment = environment;
  }

  isBusy(partition: number): boolean {
    return this.#underWay.has(partition);
  }

  /** Resolves when no batch of the partition is under way. */
  async idle(partition: number): Promise<void> {
    await this.#underWay.get(partition);
  }

  isReady(held: WorkedPartition): boolean {
    return !held.releasing && !this.isBusy(held.partition) && this.#environment.now() >= held.pausedUntil;
  }

  /** Hands a batch over; resolves when it is done, one way or the other. */
  async start(held: WorkedPartition, fetched: Fetched, partitions: Holder): Promise<void> {
    const done = this.#handle(held, fetched, partitions);
    this.#underWay.set(held.partition, done);
    await done;
    this.#underWay.delete(held.partition);
  }

  async finished(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  async #handle(held: WorkedPartition, { records, next }: Fetched, partitions: Holder) {
    try {
      if (records.length > 0) await this.#onRecords(records, held.lost.signal);
      failpoint('consumer-before-offset');
      held.failures = 0;
      await this.#commit(held, next, partitions);
    } catch {
      held.failures++;
      held.pausedUntil = this.#environment.now() + backoffMs(RETRY, held.failures, this.#environment);
    }
  }

  /** Handled records are not handed over again because the database could not be told: it is told later. */
  async #commit(held: WorkedPartition, next: number, partitions: Holder): Promise<void> {
    for (let failures = 1; ; failures++) {
      try {
        if (!(await this.#commitOffset(held.partition, held.epoch, next))) partitions.drop(held);
        held.next = next;
        return;
      } catch {
        if (held.lost.signal.aborted && failures >= LAST_TRIES) return;
        await this.#environment.sleep(backoffMs(RETRY, failures, this.#environment));
      }
    }
  }
}
