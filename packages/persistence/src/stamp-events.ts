import { type EventBody, encodeEvent, orderIdOf, type PhoneEvent } from '@phone82/contracts';
import type { Environment } from '@phone82/runtime';
import { currentContext } from '@phone82/telemetry';
import type { OutboxEntry } from './outbox.ts';

export type StampEvent = (event: EventBody) => OutboxEntry;

/** Gives events their identity: a message id, the time, and the trace of the request or message that caused them. */
export function stampEvents(source: string, environment: Environment): StampEvent {
  return (event) => {
    const cause = currentContext();
    const messageId = environment.newId();
    const createdAt = environment.now();
    const record = encodeEvent(event, source, {
      messageId,
      occurredAt: createdAt,
      correlationId: cause?.correlationId ?? messageId,
      causationId: cause?.causationId,
      traceparent: cause?.traceparent,
    });
    const orderId = orderIdOf(event as PhoneEvent);
    return { messageId, orderId, eventType: event.eventType, record, createdAt };
  };
}
