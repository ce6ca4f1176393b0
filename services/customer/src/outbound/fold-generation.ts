import type { ServiceBase } from '@phone82/host';
import { createDeadLetters, type DeadLetters, type EventBus, startConsumer } from '@phone82/messaging';
import {
  createDeadLetterReader,
  createRecordReader,
  createUnitOfWork,
  type RecordReader,
} from '@phone82/persistence';
import type { Component } from '@phone82/runtime';
import type { OrderView } from '../domain/order-view.ts';
import { foldEvents } from '../usecases/fold-events.ts';
import { type Generation, tableOf } from './generation-registry.ts';
import { viewMapping } from './view-mapping.ts';

export type ViewBase = Pick<ServiceBase<unknown>, 'database' | 'bus' | 'environment' | 'log'>;

export const groupOf = (generation: Pick<Generation, 'number'>): string => `customer-${generation.number}`;

/** A generation at work: its consumer folds the log into its table. */
export interface RunningGeneration {
  readonly reader: RecordReader<OrderView>;
  readonly consumer: Component;
  readonly deadLetters: DeadLetters;
}

export async function runGeneration(generation: Generation, base: ViewBase): Promise<RunningGeneration> {
  const { database, bus, environment, log } = base;
  const mapping = viewMapping(tableOf(generation));
  const unitOfWork = createUnitOfWork({ database, mapping, source: 'customer', environment });
  const consumer = await startConsumer({
    bus,
    group: groupOf(generation),
    unitOfWork,
    subscriptions: foldEvents,
    // The fold counts a message once, by the timeline; marks would keep a new generation from what the old one read.
    knowsRepeats: true,
    environment,
    log,
  });
  const letters = createDeadLetterReader(database);
  const deadLetters = createDeadLetters({ letters, unitOfWork, subscriptions: foldEvents });
  return { reader: createRecordReader(database, mapping), consumer, deadLetters };
}

/** Records that a generation has not read yet. */
export const remainingOf = async (bus: EventBus, generation: Generation): Promise<number> =>
  (await bus.lag(groupOf(generation))).total;
