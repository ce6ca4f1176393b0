import type { LoggedRecord } from './event-bus.ts';
import type { KafkaReader, Place } from './kafka-reader.ts';
import type { Fetched } from './log-server.ts';
import type { WorkedPartition } from './partition-work.ts';

/** A partition that the group gave to this member. */
export interface KafkaPartition extends WorkedPartition, Place {
  position: number;
  /** Records that were read and are not consumed; those being handled are the first of them. */
  buffered: LoggedRecord[];
}

export interface KafkaPartitionsOptions {
  readonly reader: Pick<KafkaReader, 'bounds'>;
  /** What the group gave to this member, as it stands now. */
  owned(): ReadonlySet<number>;
  committed(partitions: readonly number[]): Promise<ReadonlyMap<number, number | undefined>>;
  /** Resolves when no batch of the partition is being handled. */
  idle(partition: number): Promise<void>;
}

/** The partitions of one member, from what the group gave to it until it took them back. */
export class KafkaPartitions {
  readonly #options: KafkaPartitionsOptions;
  readonly #held = new Map<number, KafkaPartition>();
  #epoch = 0;

  constructor(options: KafkaPartitionsOptions) {
    this.#options = options;
  }

  all(): readonly KafkaPartition[] {
    return [...this.#held.values()];
  }

  isHeld(partition: number, epoch: number): boolean {
    return this.#held.get(partition)?.epoch === epoch;
  }

  drop(one: WorkedPartition): void {
    one.lost.abort();
    if (this.isHeld(one.partition, one.epoch)) this.#held.delete(one.partition);
  }

  /** Takes up what the group gave, each where the group stopped, or at the beginning of the log. */
  async takeUp(): Promise<void> {
    const round = ++this.#epoch;
    const fresh = [...this.#options.owned()].filter((partition) => !this.#held.has(partition));
    if (fresh.length === 0) return;
    const [committed, bounds] = await Promise.all([
      this.#options.committed(fresh),
      this.#options.reader.bounds(),
    ]);
    // The shares were dealt anew meanwhile: whoever was told of that takes up what is this member's then.
    if (round !== this.#epoch) return;
    for (const partition of fresh) {
      const next = Math.max(committed.get(partition) ?? 0, bounds[partition]?.first ?? 0);
      this.#held.set(partition, takenUp(partition, round, next));
    }
  }

  /** Lets all others go: no batch of theirs is begun, those under way are finished, with their offsets. */
  async keepOnly(partitions: ReadonlySet<number>): Promise<void> {
    this.#epoch++;
    const leaving = this.all().filter(({ partition }) => !partitions.has(partition));
    for (const one of leaving) {
      one.releasing = true;
      one.lost.abort();
    }
    await Promise.all(leaving.map(({ partition }) => this.#options.idle(partition)));
    for (const one of leaving) this.drop(one);
  }

  /** Puts what was read behind what is there, unless the partition went meanwhile. */
  add(place: Place & { readonly epoch: number }, { records, next }: Fetched): void {
    const held = this.#held.get(place.partition);
    if (held?.epoch !== place.epoch || held.position !== place.position) return;
    held.buffered.push(...records);
    held.position = next;
  }

  /** Reads on from the beginning where the log does not hold the place any more: replaying is harmless, a gap is not. */
  async backIntoBounds(): Promise<void> {
    const bounds = await this.#options.reader.bounds();
    for (const held of this.all()) {
      const { first, end } = bounds[held.partition] ?? { first: 0, end: 0 };
      if (held.position >= first && held.position <= end) continue;
      Object.assign(held, { position: first, next: first, buffered: [] });
    }
  }
}

function takenUp(partition: number, epoch: number, next: number): KafkaPartition {
  return {
    partition,
    epoch,
    next,
    position: next,
    buffered: [],
    failures: 0,
    pausedUntil: 0,
    releasing: false,
    lost: new AbortController(),
  };
}
