import type { Subscription } from './event-bus.ts';

/** What a bus is subscribed to at the moment, so that its end can be theirs too. */
export class OpenSubscriptions {
  readonly #open = new Set<Subscription>();

  /** Stopping it twice is stopping it once. */
  add(member: Subscription): Subscription {
    const subscription = {
      stop: async () => {
        if (this.#open.delete(subscription)) await member.stop();
      },
    };
    this.#open.add(subscription);
    return subscription;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#open].map(({ stop }) => stop()));
  }
}
