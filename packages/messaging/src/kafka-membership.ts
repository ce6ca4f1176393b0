import { type Connection, Consumer, offsetCommitV8 } from '@platformatic/kafka';
import { clientOptions, type ResolvedKafkaOptions } from './kafka-options.ts';

export interface MembershipOptions extends ResolvedKafkaOptions {
  readonly group: string;
  /** Called before the member tells the group that it is ready for new shares: resolves when it has let go of all others than these. */
  keepOnly(partitions: ReadonlySet<number>): Promise<void>;
  /** Called when the group has agreed on the shares. */
  assigned(): void;
}

const HEARTBEATS_PER_SESSION = 12;
const LEAST_REBALANCE_MS = 10_000;
const JOIN_RETRIES = 5;
const JOIN_RETRY_MS = 200;
const GOODBYE_MS = 3_000;

/** A member of a consumer group, from joining until it leaves or is thrown out; then a new one has to be made. */
export class KafkaMembership {
  /** Rejects when the membership ended against the member's will. */
  readonly over: Promise<never>;
  readonly #end: (error: Error) => void;
  readonly #options: MembershipOptions;
  readonly #consumer: Consumer;
  /** When the group last heard of the member, undefined while it waits for the others to join: that counts as hearing. */
  #heardAt: number | undefined;

  constructor(options: MembershipOptions) {
    const { group, topic, sessionMs, environment } = options;
    const rebalanceTimeout = Math.max(sessionMs, LEAST_REBALANCE_MS);
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.over = promise;
    this.#end = reject;
    this.#options = options;
    this.#heardAt = environment.now();
    this.#consumer = new Consumer({
      ...clientOptions(options),
      groupId: group,
      groupProtocol: 'classic',
      protocols: [{ name: 'cooperative-sticky', version: 3 }],
      protocolsMetadata: () => this.#beforeJoin(),
      autocommit: false,
      sessionTimeout: sessionMs,
      rebalanceTimeout,
      heartbeatInterval: Math.max(50, Math.floor(sessionMs / HEARTBEATS_PER_SESSION)),
      // A join is answered when all members have joined, which takes one that lags as long as it may.
      requestTimeout: rebalanceTimeout + sessionMs,
      retries: JOIN_RETRIES,
      retryDelay: JOIN_RETRY_MS,
    });
    this.#consumer.topics.track(topic);
    this.#listen();
  }

  /** The partitions that the group gave to this member. */
  get partitions(): ReadonlySet<number> {
    const own = this.#consumer.assignments?.find(({ topic }) => topic === this.#options.topic);
    return new Set(own?.partitions ?? []);
  }

  async join(): Promise<void> {
    await this.#consumer.joinGroup({});
  }

  /** What the group committed of partitions, undefined where nothing is. */
  async committed(partitions: readonly number[]): Promise<ReadonlyMap<number, number | undefined>> {
    const { topic } = this.#options;
    const found = await this.#consumer.listCommittedOffsets({
      topics: [{ topic, partitions: [...partitions] }],
    });
    const of = found.get(topic) ?? [];
    return new Map(partitions.map((one) => [one, (of[one] ?? -1n) < 0n ? undefined : Number(of[one])]));
  }

  /**
   * Moves the group's offsets. Sent by hand, for the library answers a refusal by joining anew and committing once more,
   * also for partitions that are another's by then. @throws what the broker says, such as that the membership is gone.
   */
  async commit(
    connectTo: (coordinator: number) => Promise<Connection>,
    offsets: readonly { readonly partition: number; readonly next: number }[],
  ): Promise<void> {
    const { topic, group } = this.#options;
    const connection = await connectTo(await this.#consumer.findGroupCoordinator());
    const { generationId, memberId } = this.#consumer;
    const partitions = offsets.map(({ partition, next }) => ({
      partitionIndex: partition,
      committedOffset: BigInt(next),
      committedLeaderEpoch: -1,
      committedMetadata: null,
    }));
    const topics = [{ name: topic, partitions }];
    await offsetCommitV8.api.async(connection, group, generationId, memberId ?? '', null, topics);
  }

  /** The group may have given a silent member's partitions away: whoever is silent for so long has to stop. */
  checkSession(): void {
    const { environment, sessionMs } = this.#options;
    if (this.#heardAt !== undefined && environment.now() - this.#heardAt > sessionMs)
      this.#end(new Error('the group has not heard of this member for too long'));
  }

  /** Says goodbye, if the group can be reached, and closes the connections. False: the group has to find out by itself. */
  async leave(): Promise<boolean> {
    const { environment } = this.#options;
    const given = new AbortController();
    const said = this.#consumer.close(true).then(
      () => true,
      () => false,
    );
    const left = await Promise.race([said, environment.sleep(GOODBYE_MS, given.signal).then(() => false)]);
    given.abort();
    if (!left) await this.#consumer.connections.close().catch(() => undefined);
    return left;
  }

  #listen(): void {
    const { environment, assigned } = this.#options;
    const heard = () => {
      this.#heardAt = environment.now();
    };
    this.#consumer.on('consumer:heartbeat:end', heard);
    this.#consumer.on('consumer:group:join', () => {
      heard();
      assigned();
    });
    // The library sends no heartbeat any more after a join that failed, and would stay like that.
    this.#consumer.on('error', (error: Error) => this.#end(error));
  }

  /** Runs before every request to join: partitions that are to be another's are worked off first. */
  async #beforeJoin(): Promise<Buffer> {
    this.#heardAt ??= this.#options.environment.now();
    await this.#options.keepOnly(this.partitions);
    this.#heardAt = undefined;
    return Buffer.alloc(0);
  }
}
