import { createHash } from 'node:crypto';
import { decodeRecord, isEventType, type MessageContext, type PhoneEvent } from '@phone82/contracts';
import type { Aggregate, DeadLetter, Transaction } from '@phone82/persistence';
import { incomingContext, type Span, withContext } from '@phone82/telemetry';
import type { EventHandler, Subscriptions } from './consumer.ts';
import type { LoggedRecord } from './event-bus.ts';

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

const LONGEST_ID = 200;

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
  if (decoded.kind === 'unknownType') return undefined;
  if (decoded.kind === 'malformed') {
    const eventType = claimedType(record);
    if (isEventType(eventType) && !subscriptions[eventType]) return undefined;
    const { orderId = null, reason: fault } = decoded;
    const messageId = storableId(decoded.messageId);
    return { messageId, orderId, eventType, occurredAt: 0, handle: undefined, fault, record };
  }
  const { event, orderId, context } = decoded;
  const handler = subscriptions[event.eventType] as EventHandler<A, PhoneEvent['eventType']> | undefined;
  if (!handler) return undefined;
  const span = trace(context);
  return {
    messageId: storableId(context.messageId),
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

/** The type that a record says it has, whether or not the rest of it can be read. */
function claimedType(record: LoggedRecord): string {
  try {
    const { eventType } = JSON.parse(record.value) as { eventType?: unknown };
    if (typeof eventType === 'string') return eventType;
  } catch {
    // Not even JSON: the header may still say.
  }
  return record.headers.ce_type ?? 'unknown';
}

/** A foreign sender's id may be longer than a key of a table. */
function storableId(id: string): string {
  return id.length <= LONGEST_ID ? id : createHash('sha256').update(id).digest('hex');
}

/** The letter that a message becomes when it can't be handled, or waits behind one that couldn't. */
export function deadLetterFor(
  message: IncomingMessage<never> | IncomingMessage<Aggregate>,
  state: DeadLetter['state'],
  reason: string,
): DeadLetter {
  const { messageId, orderId, eventType, record } = message;
  return { messageId, orderId, eventType, record: JSON.stringify(record), reason, state };
}
