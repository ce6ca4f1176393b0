import type { SubscribeOptions } from './event-bus.ts';
import type { KafkaLog } from './kafka-log.ts';
import { KafkaMembership } from './kafka-membership.ts';
import type { ResolvedKafkaOptions } from './kafka-options.ts';
import { type KafkaPartition, KafkaPartitions } from './kafka-partitions.ts';
import { isOutOfRange, KafkaReader } from './kafka-reader.ts';
import { Pace } from './pace.ts';
import { PartitionWork } from './partition-work.ts';
import { WakeUp } from './wake-up.ts';
import { isWanted } from './wanted-types.ts';

const MAX_RECORDS = 500;
const CHECKS_PER_SESSION = 8;
/** A read waits so long for a first record, and hardly while a partition that was full could not be part of it. */
const WAIT_MS = 250;
const HURRIED_WAIT_MS = 5;

/** A member of a consumer group at work, from joining until it leaves or its membership ends. */
export class KafkaMember {
  readonly #options: ResolvedKafkaOptions;
  readonly #maxRecords: number;
  readonly #types: ReadonlySet<string> | undefined;
  readonly #server: KafkaLog;
  readonly #reader: KafkaReader;
  readonly #membership: KafkaMembership;
  readonly #partitions: KafkaPartitions;
  readonly #work: PartitionWork;
  readonly #wakeUp: WakeUp;
  readonly #reading = new Set<number>();
  readonly #paces = new Map<number, Pace>();
  /** Aborted when nothing new is to be begun. */
  readonly #ended = new AbortController();
  readonly #trouble = Promise.withResolvers<never>();

  constructor(subscribed: SubscribeOptions, server: KafkaLog, options: ResolvedKafkaOptions) {
    const { group, types, maxRecords = MAX_RECORDS } = subscribed;
    const { environment } = options;
    this.#options = options;
    this.#maxRecords = maxRecords;
    this.#types = types;
    this.#server = server;
    this.#wakeUp = new WakeUp(environment);
    this.#trouble.promise.catch(() => undefined);
    this.#reader = new KafkaReader({ ...options, group });
    this.#work = new PartitionWork(subscribed, { commit: (offsets) => this.#commit(offsets) }, environment);
    this.#partitions = new KafkaPartitions({
      reader: this.#reader,
      owned: () => this.#membership.partitions,
      committed: (partitions) => this.#membership.committed(partitions),
      idle: (partition) => this.#work.idle(partition),
    });
    this.#membership = new KafkaMembership({
      ...options,
      group,
      keepOnly: (partitions) => this.#partitions.keepOnly(partitions),
      assigned: () => void this.#takeUp(),
    });
  }

  /** Works until the signal is aborted. @throws what ended the membership before; nothing is being handled any more then. */
  async work(signal: AbortSignal, joined: () => void): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const loops = [this.#readOn(), this.#watchSession()];
    const join = this.#membership.join().then(joined);
    const end = Promise.race([stopped, this.#membership.over, this.#trouble.promise]);
    try {
      await Promise.race([end, join.then(() => end)]);
      await this.#stopWork(loops);
      if (!(await this.#membership.leave())) this.#options.log.warn({}, 'left without a goodbye');
    } catch (error) {
      const left = this.#membership.leave();
      await this.#stopWork(loops);
      await left;
      throw error;
    } finally {
      join.catch(() => undefined);
      await this.#reader.close();
    }
  }

  async #stopWork(loops: readonly Promise<void>[]): Promise<void> {
    this.#ended.abort();
    this.#wakeUp.wake();
    await this.#partitions.keepOnly(new Set());
    await this.#work.finished();
    await Promise.all(loops);
  }

  async #takeUp(): Promise<void> {
    try {
      await this.#partitions.takeUp();
      this.#wakeUp.wake();
    } catch (error) {
      this.#trouble.reject(error);
    }
  }

  async #commit(offsets: readonly { partition: number; epoch: number; next: number }[]) {
    const own = offsets.filter(({ partition, epoch }) => this.#partitions.isHeld(partition, epoch));
    if (own.length > 0) await this.#membership.commit((node) => this.#server.connectTo(node), own);
    return new Set(own.map(({ partition }) => partition));
  }

  async #watchSession(): Promise<void> {
    const { environment, sessionMs } = this.#options;
    while (!this.#ended.signal.aborted) {
      await environment.sleep(sessionMs / CHECKS_PER_SESSION, this.#ended.signal);
      this.#membership.checkSession();
    }
  }

  /** Reads ahead and hands over, so that a partition whose batch is done finds the next one here. */
  async #readOn(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      for (const held of this.#partitions.all()) this.#handOver(held);
      await this.#startReads().catch((error) => this.#trouble.reject(error));
      await this.#wakeUp.sleep(WAIT_MS);
    }
  }

  #handOver(held: KafkaPartition): void {
    // What was read can hold nothing to hand over, such as a tombstone: it is consumed all the same.
    if (held.position === held.next || !this.#work.isReady(held)) return;
    const records = held.buffered.slice(0, this.#maxRecords);
    const isAll = records.length === held.buffered.length;
    const next = isAll ? held.position : (records.at(-1)?.offset ?? held.next) + 1;
    const wanted = records.filter((record) => isWanted(record, this.#types));
    void this.#work.start(held, { records: wanted, next }, this.#partitions).then(async () => {
      const consumed = held.buffered.findIndex(({ offset }) => offset >= held.next);
      held.buffered.splice(0, consumed === -1 ? held.buffered.length : consumed);
      const { environment } = this.#options;
      const pauseMs = held.pausedUntil - environment.now();
      if (held.failures > 0 && pauseMs > 0) await environment.sleep(pauseMs, this.#ended.signal);
      this.#wakeUp.wake();
    });
  }

  async #startReads(): Promise<void> {
    const held = this.#partitions.all();
    if (held.length === 0) return;
    const leaders = await this.#reader.leaders();
    const byLeader = Map.groupBy(held, ({ partition }) => leaders.get(partition) ?? -1);
    for (const [node, all] of byLeader) {
      const wanted = all.filter(
        ({ buffered, releasing }) => !releasing && buffered.length < this.#maxRecords,
      );
      if (this.#reading.has(node) || wanted.length === 0 || this.#ended.signal.aborted) continue;
      this.#reading.add(node);
      void this.#read(node, wanted, wanted.length === all.length ? WAIT_MS : HURRIED_WAIT_MS);
    }
  }

  async #read(node: number, wanted: readonly KafkaPartition[], waitMs: number): Promise<void> {
    const places = wanted.map(({ partition, position, epoch }) => ({ partition, position, epoch }));
    try {
      const pace = this.#paceOf(node);
      await pace.next();
      const found = await this.#reader.fetch(node, places, waitMs);
      pace.found([...found.values()].reduce((sum, { records }) => sum + records.length, 0));
      for (const place of places) {
        const fetched = found.get(place.partition);
        if (fetched) this.#partitions.add(place, fetched);
      }
    } catch (error) {
      if (!this.#ended.signal.aborted) await this.#afterFailedRead(error);
    }
    this.#reading.delete(node);
    this.#wakeUp.wake();
  }

  #paceOf(node: number): Pace {
    const pace = this.#paces.get(node) ?? new Pace(this.#options.environment);
    this.#paces.set(node, pace);
    return pace;
  }

  /** A broker that can't be read from may be away for long: the group ends the membership if it has to end. */
  async #afterFailedRead(error: unknown): Promise<void> {
    const { log, environment } = this.#options;
    log.debug({ err: error }, 'could not read the log, will try again');
    if (isOutOfRange(error)) await this.#partitions.backIntoBounds().catch(() => undefined);
    await environment.sleep(WAIT_MS, this.#ended.signal);
  }
}
