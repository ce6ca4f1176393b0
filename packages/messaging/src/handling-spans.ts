import { type MessageContext, TOPIC } from '@phone82/contracts';
import type { Aggregate } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { type Span, type Tracer, wellFormed } from '@phone82/telemetry';
import type { Handled } from './handle-messages.ts';
import type { IncomingMessage } from './incoming-message.ts';

/** What is read anew from the beginning of the log belongs to traces that were closed long ago. */
const REPLAY_TRACED_FOR_MS = 5 * 60 * 1_000;

export interface SpanOptions {
  readonly group: string;
  readonly tracer?: Tracer | undefined;
  readonly replayable?: boolean;
  readonly environment: Pick<Environment, 'now'>;
}

export interface HandlingSpans {
  /** Begins the span of a message; none where nothing is traced. */
  start(context: MessageContext): Span | undefined;
  /** Ends those of a batch. Of batches that were handled together, the first one knows the dead letters of all. */
  end<A extends Aggregate>(messages: readonly IncomingMessage<A>[], outcome: Handled<A> | string): void;
}

/** A span for each message, below the one that published it, from its arrival until its effect is durable. */
export function handlingSpans({ group, tracer, replayable, environment }: SpanOptions): HandlingSpans {
  if (!tracer) return { start: () => undefined, end: () => undefined };
  return {
    start: (context) => {
      const { messageId, correlationId, traceparent, occurredAt } = context;
      if (replayable && environment.now() - occurredAt > REPLAY_TRACED_FOR_MS) return undefined;
      return tracer.start({
        name: `process ${TOPIC}`,
        kind: 'consumer',
        parent: wellFormed(traceparent),
        attributes: {
          'messaging.destination.name': TOPIC,
          'messaging.operation.name': 'process',
          'messaging.consumer.group.name': group,
          'messaging.message.id': messageId,
          'messaging.message.conversation_id': correlationId,
        },
      });
    },
    end: (messages, outcome) => {
      const dead = typeof outcome === 'string' ? [] : outcome.deadLettered;
      for (const { span, eventType } of dead)
        span?.end({ error: 'dead letter', attributes: attributesOf(eventType) });
      const error = typeof outcome === 'string' ? outcome : undefined;
      for (const { span, eventType } of messages) span?.end({ error, attributes: attributesOf(eventType) });
    },
  };
}

const attributesOf = (eventType: string) => ({ 'phone82.event_type': eventType });
