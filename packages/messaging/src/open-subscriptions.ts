import type { Membership, Subscription } from './event-bus.ts';

/** What a bus is subscribed to at the moment, so that its end can be theirs too. */
export class OpenSubscriptions {
  readonly #open = new Map<Subscription, string>();

  /** Stopping it twice is stopping it once. */
  add(group: string, member: Subscription): Subscription {
    const subscription: Subscription = {
      membership: () => member.membership(),
      stop: async () => {
        if (this.#open.delete(subscription)) await member.stop();
      },
    };
    this.#open.set(subscription, group);
    return subscription;
  }

  membership(group: string): Membership | undefined {
    for (const [subscription, name] of this.#open) if (name === group) return subscription.membership();
    return undefined;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map(({ stop }) => stop()));
  }
}
