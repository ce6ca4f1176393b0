import { type ConsumerMetrics, type EventBus, startConsumer, type WatchedProgress } from '@phone82/messaging';
import type { DeadLetterReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment, Log } from '@phone82/runtime';
import type { Tracer } from '@phone82/telemetry';
import type { OrderView } from '../domain/order-view.ts';
import { foldEvents } from '../usecases/fold-events.ts';
import type { Generation, GenerationRegistry } from './generation-registry.ts';

/** Where the generations are kept. */
export interface ViewStorage {
  readonly registry: GenerationRegistry;
  /** The records of one generation. */
  open(generation: Generation): UnitOfWork<OrderView>;
  /** Those of the generation that answers, whichever that is at the moment. */
  readonly answering: {
    readonly unitOfWork: UnitOfWork<OrderView>;
    readonly reader: RecordReader<OrderView>;
  };
  readonly letters: DeadLetterReader;
}

export interface ViewBase {
  readonly storage: ViewStorage;
  readonly bus: EventBus;
  readonly environment: Environment;
  readonly log: Log;
  /** Told of what the generation that answers folds, not of what one that is being built reads anew. Default: no one is. */
  readonly metrics?: ConsumerMetrics | undefined;
  readonly tracer?: Tracer | undefined;
}

export const groupOf = (generation: Pick<Generation, 'number'>): string => `customer-${generation.number}`;

/** Sets a generation to work: its consumer folds the log into its table. `answers` says whether it is the one that answers. */
export function foldGeneration(
  generation: Generation,
  base: ViewBase,
  answers: () => boolean,
): Promise<WatchedProgress> {
  const { storage, bus, environment, log, metrics, tracer } = base;
  return startConsumer({
    bus,
    group: groupOf(generation),
    unitOfWork: storage.open(generation),
    subscriptions: foldEvents,
    // The fold counts a message once, by the timeline; marks would keep a new generation from what the old one read.
    replayable: true,
    environment,
    log,
    metrics: metrics && {
      ...metrics,
      handled: (eventType, lagMs) => {
        if (answers()) metrics.handled(eventType, lagMs);
      },
    },
    tracer,
  });
}

/** Records that a generation has not read yet. */
export const remainingOf = async (bus: EventBus, generation: Generation): Promise<number> =>
  (await bus.lag(groupOf(generation))).total;
