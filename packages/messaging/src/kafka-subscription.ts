import { backoffMs } from './backoff.ts';
import type { Membership, SubscribeOptions, Subscription } from './event-bus.ts';
import { membershipAfter } from './kafka-errors.ts';
import type { KafkaLog } from './kafka-log.ts';
import { KafkaMember } from './kafka-member.ts';
import type { ResolvedKafkaOptions } from './kafka-options.ts';
import { explained } from './kafka-refusals.ts';

const RETRY = { firstMs: 100, maxMs: 1_000 };

/** A member of a consumer group that becomes one again whenever it ceased to be, until it is stopped. */
export class KafkaSubscription implements Subscription {
  readonly #stopping = new AbortController();
  readonly #life: Promise<void>;
  #membership: Membership = 'joining';

  constructor(subscribed: SubscribeOptions, server: KafkaLog, options: ResolvedKafkaOptions) {
    this.#life = this.#live(subscribed, server, options);
  }

  membership(): Membership {
    return this.#membership;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#life;
  }

  async #live(subscribed: SubscribeOptions, server: KafkaLog, options: ResolvedKafkaOptions): Promise<void> {
    const { environment, log } = options;
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await server.partitions();
        await new KafkaMember(subscribed, server, options).work(signal, () => {
          failures = 0;
          this.#membership = 'member';
        });
      } catch (error) {
        const before = this.#membership;
        this.#membership = membershipAfter(error);
        // One warning per outage, and one more where a refusal takes its place.
        if (failures++ === 0 || (this.#membership === 'refused' && before !== 'refused'))
          log.warn(
            { err: explained(error, options), group: subscribed.group },
            'out of the consumer group, will join again',
          );
        await environment.sleep(backoffMs(RETRY, failures, environment), signal);
      }
    }
  }
}
