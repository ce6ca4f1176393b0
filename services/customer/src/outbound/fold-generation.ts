import { createDeadLetters, type DeadLetters, type EventBus, startConsumer } from '@phone82/messaging';
import type { DeadLetterReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Component, Environment, Log } from '@phone82/runtime';
import type { OrderView } from '../domain/order-view.ts';
import { foldEvents } from '../usecases/fold-events.ts';
import type { Generation, GenerationRegistry } from './generation-registry.ts';

/** One generation's records. */
export interface StoredGeneration {
  readonly unitOfWork: UnitOfWork<OrderView>;
  readonly reader: RecordReader<OrderView>;
  readonly letters: DeadLetterReader;
}

/** Where the generations are kept. */
export interface ViewStorage {
  readonly registry: GenerationRegistry;
  open(generation: Generation): StoredGeneration;
}

export interface ViewBase {
  readonly storage: ViewStorage;
  readonly bus: EventBus;
  readonly environment: Environment;
  readonly log: Log;
}

export const groupOf = (generation: Pick<Generation, 'number'>): string => `customer-${generation.number}`;

/** A generation at work: its consumer folds the log into its table. */
export interface RunningGeneration {
  readonly reader: RecordReader<OrderView>;
  readonly consumer: Component;
  readonly deadLetters: DeadLetters;
}

export async function runGeneration(generation: Generation, base: ViewBase): Promise<RunningGeneration> {
  const { storage, bus, environment, log } = base;
  const { unitOfWork, reader, letters } = storage.open(generation);
  const consumer = await startConsumer({
    bus,
    group: groupOf(generation),
    unitOfWork,
    subscriptions: foldEvents,
    // The fold counts a message once, by the timeline; marks would keep a new generation from what the old one read.
    replayable: true,
    environment,
    log,
  });
  const deadLetters = createDeadLetters({ letters, unitOfWork, subscriptions: foldEvents });
  return { reader, consumer, deadLetters };
}

/** Records that a generation has not read yet. */
export const remainingOf = async (bus: EventBus, generation: Generation): Promise<number> =>
  (await bus.lag(groupOf(generation))).total;
