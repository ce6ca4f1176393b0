import type { ServiceParts } from '@phone82/host';
import type { EventBus } from '@phone82/messaging';
import type { Aggregate, DeadLetterReader, IdempotencyStore, Outbox } from '@phone82/persistence';
import type { Remote } from '@phone82/resilience';
import type { Connection } from '../storage/connection.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';

/** What one incarnation of a service is built with. */
export interface Surroundings {
  readonly connection: Connection;
  readonly bus: EventBus;
  /** Another service as this one calls it. */
  remote(name: string, config: Readonly<Record<string, unknown>>): Remote;
}

export interface BuiltService {
  // biome-ignore lint/suspicious/noExplicitAny: each service has records of its own
  readonly parts: ServiceParts<any>;
  readonly outbox: Outbox;
  readonly letters: DeadLetterReader;
  readonly idempotency: IdempotencyStore;
}

/** A service with what of it survives a crash. */
export interface SimulatedService {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each service has records of its own
  readonly database: SimulatedDatabase<any>;
  build(surroundings: Surroundings): BuiltService;
}

/** Reads what is durable, for the checks. */
export const recordsOf = <A extends Aggregate>(database: SimulatedDatabase<A>): readonly A[] => [
  ...database.store.records.values(),
];
