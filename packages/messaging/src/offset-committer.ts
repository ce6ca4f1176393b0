import type { GroupMembership } from './log-server.ts';

interface Waiting {
  readonly partition: number;
  readonly epoch: number;
  readonly next: number;
  resolve(kept: boolean): void;
  reject(error: unknown): void;
}

/** Commits offsets of several partitions together: while one statement is under way, the next ones gather. */
export class OffsetCommitter {
  readonly #group: Pick<GroupMembership, 'commit'>;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(group: Pick<GroupMembership, 'commit'>) {
    this.#group = group;
  }

  /** False if the partition was lost. */
  commit(partition: number, epoch: number, next: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ partition, epoch, next, resolve, reject });
      if (!this.#running) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const together = this.#waiting;
      this.#waiting = [];
      try {
        const kept = await this.#group.commit(together);
        for (const { partition, resolve } of together) resolve(kept.has(partition));
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    this.#running = false;
  }
}
