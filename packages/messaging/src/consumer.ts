import type { EventOf, EventType, MessageContext } from '@phone82/contracts';
import type { Aggregate, Transaction } from '@phone82/persistence';

/** What is known about an event beside its fields. */
export interface HandlingContext extends MessageContext {
  /**
   * The record was in the log before the consumer began, or came while such records were not all handled, or is a dead letter that is
   * retried: what came of it, here or in another implementation of the service, may not be read yet.
   */
  readonly isBacklog: boolean;
}

/**
 * What a service does with an event, inside the transaction that also marks the event as handled.
 * Throwing means that the message can't be handled; outcomes of the business are no exceptions.
 */
export type EventHandler<A extends Aggregate, T extends EventType> = (
  event: EventOf<T>,
  transaction: Transaction<A>,
  context: HandlingContext,
) => Promise<void>;

/** The events that a service listens to. Others on the topic are passed over. */
export type Subscriptions<A extends Aggregate> = { readonly [T in EventType]?: EventHandler<A, T> };
