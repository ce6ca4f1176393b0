import { decodeRecord, type MessageContext, type PhoneEvent } from '@phone82/contracts';
import type { Aggregate, DeadLetter, Transaction } from '@phone82/persistence';
import { incomingContext, type Span, withContext } from '@phone82/telemetry';
import type { EventHandler, Subscriptions } from './consumer.ts';
import type { LoggedRecord } from './event-bus.ts';
import { keepRecord } from './kept-record.ts';

/** A record that concerns a service. */
export interface IncomingMessage<A extends Aggregate> {
  readonly messageId: string;
  readonly orderId: number | null;
  readonly eventType: string;
  readonly occurredAt: number;
  /** Runs its handler with the trace of the message; undefined for a record that can't be read. */
  readonly handle: ((transaction: Transaction<A>) => Promise<void>) | undefined;
  /** Why it can't be read. */
  readonly fault: string;
  readonly record: LoggedRecord;
  /** Of its handling, where that is traced. */
  readonly span?: Span | undefined;
}

/**
 * Reads a record; undefined if the service does not listen to its type. `trace` begins the span of its handling. `isBacklog`
 * is what its handler is told.
 */
export function readMessage<A extends Aggregate>(
  record: LoggedRecord,
  subscriptions: Subscriptions<A>,
  trace: (context: MessageContext) => Span | undefined = untraced,
  isBacklog = true,
): IncomingMessage<A> | undefined {
  const decoded = decodeRecord(record, record);
  if (decoded.kind === 'unknownType' || decoded.kind === 'tombstone') return undefined;
  if (decoded.kind === 'malformed') {
    const { messageId, orderId = null, reason: fault, eventType: claimed } = decoded;
    if (claimed && !subscriptions[claimed]) return undefined;
    const eventType = claimed || 'unknown';
    return { messageId, orderId, eventType, occurredAt: 0, handle: undefined, fault, record };
  }
  const { event, orderId, context } = decoded;
  const handler = subscriptions[event.eventType] as EventHandler<A, PhoneEvent['eventType']> | undefined;
  if (!handler) return undefined;
  const span = trace(context);
  return {
    messageId: context.messageId,
    orderId,
    eventType: event.eventType,
    occurredAt: context.occurredAt,
    handle: (transaction) =>
      withContext(causedBy(context, span), async () =>
        handler(event as never, transaction, { ...context, isBacklog }),
      ),
    fault: '',
    record,
    span,
  };
}

const untraced = () => undefined;

const causedBy = ({ correlationId, traceparent, messageId }: MessageContext, span: Span | undefined) =>
  incomingContext({
    correlationId,
    traceparent: span?.traceparent ?? traceparent,
    causationId: messageId,
  });

/** The letter that a message becomes when it can't be handled, or waits behind one that couldn't. */
export function deadLetterFor(
  message: IncomingMessage<never> | IncomingMessage<Aggregate>,
  state: DeadLetter['state'],
  reason: string,
): DeadLetter {
  const { messageId, orderId, eventType, record } = message;
  return { messageId, orderId, eventType, record: keepRecord(record), reason, state };
}
