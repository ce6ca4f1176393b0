import type { WireRecord } from '@phone82/contracts';
import type { LogServer } from './log-server.ts';

const MOST_AT_ONCE = 2_000;

interface Publication {
  readonly records: readonly WireRecord[];
  resolve(): void;
  reject(error: unknown): void;
}

export interface PublisherOptions {
  readonly server: Pick<LogServer, 'partitions' | 'append'>;
  /** The partition of a key; of one key always the same. */
  partitionOf(key: string, partitions: number): number;
  /** The first partition that a record without a key goes to. */
  readonly firstUnkeyed: number;
  onPublished(): void;
}

/** Appends once at a time; what is published meanwhile goes together with the next, in the order of the calls. */
export class GatheringPublisher {
  readonly #options: PublisherOptions;
  readonly #waiting: Publication[] = [];
  #nextUnkeyed: number;
  #running: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#nextUnkeyed = options.firstUnkeyed;
  }

  publish(records: readonly WireRecord[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (records.length === 0) return resolve();
      this.#waiting.push({ records, resolve, reject });
      this.#running ??= this.#work();
    });
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#publishNext();
    this.#running = undefined;
  }

  async #publishNext(): Promise<void> {
    const together = takeTogether(this.#waiting);
    try {
      await this.#append(together.flatMap(({ records }) => records));
      for (const { resolve } of together) resolve();
      this.#options.onPublished();
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  async #append(records: readonly WireRecord[]): Promise<void> {
    const { server, partitionOf } = this.#options;
    const count = await server.partitions();
    const partitionFor = (key: string | null) =>
      key === null ? this.#nextUnkeyed++ % count : partitionOf(key, count);
    await server.append(records.map((record) => ({ ...record, partition: partitionFor(record.key) })));
  }
}

function takeTogether(waiting: Publication[]): Publication[] {
  let total = 0;
  let count = 0;
  for (const { records } of waiting) {
    total += records.length;
    if (count > 0 && total > MOST_AT_ONCE) break;
    count++;
  }
  return waiting.splice(0, count);
}
