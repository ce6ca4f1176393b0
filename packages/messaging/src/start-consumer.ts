import { events, isEventType } from '@phone82/contracts';
import type { Aggregate, UnitOfWork } from '@phone82/persistence';
import type { Environment, Log } from '@phone82/runtime';
import type { Tracer } from '@phone82/telemetry';
import { type Backlog, createBacklog } from './backlog.ts';
import type { Subscriptions } from './consumer.ts';
import type { EventBus, LoggedRecord } from './event-bus.ts';
import { gather } from './gather.ts';
import { type Handled, handleMessages } from './handle-messages.ts';
import { handlingSpans } from './handling-spans.ts';
import { type IncomingMessage, readMessage } from './incoming-message.ts';
import { outageLog } from './outage-log.ts';
import { type ProgressMetrics, type WatchedProgress, watchProgress } from './watch-progress.ts';

export interface ConsumerMetrics extends ProgressMetrics {
  /** A message took effect, so long after it happened. */
  handled(eventType: string, lagMs: number): void;
  deadLettered(eventType: string): void;
  /** A batch could not be worked off, and comes again. */
  batchFailed(): void;
}

export interface ConsumerOptions<A extends Aggregate> {
  readonly bus: EventBus;
  /** The service's name. */
  readonly group: string;
  readonly unitOfWork: UnitOfWork<A>;
  readonly subscriptions: Subscriptions<A>;
  readonly environment: Environment;
  readonly log: Log;
  readonly metrics?: ConsumerMetrics | undefined;
  /** Records a span of each message. Default: none are recorded. */
  readonly tracer?: Tracer | undefined;
  /** Tries of one message before it becomes a dead letter. Default 5. */
  readonly maxAttempts?: number;
  /** The handlers take messages again and in any order: none is marked as handled, none waits behind a dead letter. Default false. */
  readonly replayable?: boolean;
  /** Most messages of one partition in a transaction. Default 200. */
  readonly maxBatch?: number;
}

/** Feeds a service with the events it subscribes to: each takes effect once, in the order of its order. */
export async function startConsumer<A extends Aggregate>(
  options: ConsumerOptions<A>,
): Promise<WatchedProgress> {
  const { bus, group, subscriptions, log, maxBatch = 200 } = options;
  const outages = outageLog(log, group);
  const backlog = createBacklog(options);
  // Where the log can't be asked yet, the first records wait until it can.
  await backlog.note().catch(() => undefined);
  const work = worker(options, backlog);
  const subscription = await bus.subscribe({
    group,
    types: new Set(Object.keys(subscriptions)),
    maxRecords: maxBatch,
    onRecords: async (records, signal) => {
      const { partition, offset } = records[0] as LoggedRecord;
      try {
        await work(records, signal);
        outages.over(partition);
      } catch (error) {
        if (!signal.aborted) {
          outages.failed(partition, offset, error);
          options.metrics?.batchFailed();
        }
        throw error;
      }
    },
  });
  const watch = watchProgress(options);
  return {
    name: `consumer ${group}`,
    progress: watch.progress,
    stop: async () => {
      await watch.stop();
      await subscription.stop();
    },
  };
}

/** Handles a batch of records of one partition. */
function worker<A extends Aggregate>(options: ConsumerOptions<A>, backlog: Backlog) {
  const { group, subscriptions } = options;
  const spans = handlingSpans(options);
  const handle = gather((messages: readonly IncomingMessage<A>[], signal) =>
    handleMessages(messages, options, signal),
  );
  return async (records: readonly LoggedRecord[], signal: AbortSignal): Promise<void> => {
    const { holds, isHandled } = await backlog.note();
    const messages = records.flatMap((record) =>
      isKnown(record, group, holds(record))
        ? []
        : (readMessage(record, subscriptions, spans.start, !isHandled || holds(record)) ?? []),
    );
    if (messages.length === 0) return;
    try {
      const outcome = await handle(messages, signal);
      spans.end(messages, outcome);
      count(outcome, options);
    } catch (error) {
      spans.end(messages, 'not worked off');
      throw error;
    }
  };
}

/**
 * What the service itself published after its consumer began is in its database: only an older database may lack it. Of a type that
 * it does not publish, its name is another sender's claim.
 */
const isKnown = ({ headers }: LoggedRecord, service: string, isBacklog: boolean) =>
  !isBacklog && headers.ce_source === service && publisherOf(headers.ce_type) === service;

const publisherOf = (type = ''): string | undefined => (isEventType(type) ? events[type].from : undefined);

function count<A extends Aggregate>(
  { handled, deadLettered }: Handled<A>,
  { metrics, environment }: Pick<ConsumerOptions<A>, 'metrics' | 'environment'>,
): void {
  const now = environment.now();
  for (const { eventType, occurredAt } of handled) metrics?.handled(eventType, Math.max(0, now - occurredAt));
  for (const { eventType } of deadLettered) metrics?.deadLettered(eventType);
}
